// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Kameleoon API key. You can generate one using the link in the help doc (https://help.kameleoon.com/setting-up-segment/).
   */
  apiKey: string
  /**
   * Kameleoon project sitecode. You can find this on the dashboard of your project (https://help.kameleoon.com/question/how-do-i-find-my-site-id/): 10 lower-case letters and digits, such as abc123def4.
   */
  sitecode: string
  /**
   * Where your Kameleoon project is hosted. Choose an .eu domain only if Kameleoon shows one for your project.
   */
  dataRegion?: string
}

/** The parts of the catalog page that are not in the definition. */

export const OVERVIEW = `Kameleoon runs A/B tests, feature flags and personalizations. With this destination your Segment calls reach Kameleoon's Data API:

- Track and screen calls convert goals, with their amounts, refunds and cancellations. A goal that does not exist is created.
- Page calls send the page that was seen, and convert a goal if they have a name.
- Identify and group calls store traits where Kameleoon's segments, scripts and SDKs read them.
- Engage audiences and journey steps become memberships that experiments can target.

Events travel in batches, each with an outcome of its own in Segment: one bad event never takes its neighbours along. A user whom Segment deletes is forgotten in Kameleoon too.`

export const GETTING_STARTED = `1. In Kameleoon, open My profile > API credentials and create credentials. The API Key is base64 of a JSON object with their \`id\` and \`secret\`.
2. Copy the site code from the page of your project.
3. In Segment, open Connections > Catalog, search for Kameleoon (Actions), add it and choose a source.
4. Paste key and site code, choose the region that hosts your project, and test the connection.
5. Make sure that your calls carry the visitor code, as described below.
6. Enable the destination, send a test event from the source, and look at its delivery in Segment and at the goals in Kameleoon.

If you use the classic Kameleoon destination or an earlier Kameleoon (Actions), see [the migration guide](migration.md).`

export const MATCHING = `Kameleoon knows a visitor by the visitor code, which its script keeps in the cookie \`kameleoonVisitorCode\`. Segment knows a user by the user id. An event belongs to the first of these that it has:

1. The field "Kameleoon Visitor Code" of the mapping.
2. \`kameleoonVisitorCode\`, or \`k_visitorCode\` as the classic destination had it, in properties, traits, context or context traits; other spellings such as \`kameleoon_visitor_code\` too.
3. The code that was linked to the user id or the anonymous id before.
4. The user id, for teams that give both tools the same one, as is usual on servers and with feature flags.

The field "Visitor Fallback" leaves out 3 or 4, or both. What broken tracking sends in place of an id, such as \`undefined\`, \`null\`, \`guest\` or \`0\`, counts as absent everywhere.

On a website, add the code to each call:

\`\`\`js
analytics.track('Signed Up', { kameleoonVisitorCode: Kameleoon.API.Visitor.code })
\`\`\`

If you cannot change all calls, link once a session:

\`\`\`js
analytics.track('Kameleoon identifier', { k_visitorCode: Kameleoon.API.Visitor.code })
\`\`\`

An identify call that carries both a user id and a visitor code makes the same link. A linked server event that knows the user id only then counts for the right visitor.

If your Kameleoon project has a custom data for cross-device matching, "Cross-device ID" in "Visitor Fallback" uses that in place of the link.

Traits and group are stored under \`IDENTIFY_{id}\`, audiences under \`COHORTS_{id}\`; \`{id}\` is the visitor code and, if it differs, also the user id. Segments in Kameleoon use them through custom data that a script or an SDK fills from there.

**Who can read stored data.** Kameleoon serves it to browsers, without a password: anyone who knows the site code, which every page of your site shows, and an id can read it. Name the traits to store in "Stored Traits", and leave out e-mail addresses, names and all that must stay private.`

export const LIMITS_NOTE =
  'MUV is the number of monthly unique visitors of the account. Events that a limit stops are sent again by Segment, with pauses that grow, for several hours.'

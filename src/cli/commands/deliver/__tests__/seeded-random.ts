/** Numbers from 0 up to 1 that are the same for the same seed (Park and Miller's generator). */
export function randomFrom(seed: number): () => number {
  const MODULUS = 2_147_483_647
  let state = (seed * 48_271) % MODULUS
  return () => {
    state = (state * 48_271) % MODULUS
    return state / MODULUS
  }
}

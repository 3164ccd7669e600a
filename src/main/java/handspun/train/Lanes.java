package handspun.train;

/** Placeholder until the lanes land with the trainer. */
final class Lanes {
  private Lanes() {}
}

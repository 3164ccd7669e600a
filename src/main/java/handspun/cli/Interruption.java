package handspun.cli;

/** Tells whether the process was told to end (Ctrl-C), which makes everything else fail too. */
final class Interruption implements AutoCloseable {
  private volatile boolean happened;
  private final Thread hook = new Thread(() -> happened = true, "interruption");

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean happened() {
    return happened;
  }

  @Override
  public void close() {
    if (!happened) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The end has just begun.
      }
    }
  }
}

package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;

/** Sees to it that no child is started, or left alone, once this process is told to stop. */
final class Leash implements AutoCloseable {
  private static final String STOPPED = "it was not run, as the benchmark was told to stop";

  private final Thread hook = new Thread(this::pull, "end of a child");
  private Process process;
  private boolean pulled;

  Leash() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new HandspunException(STOPPED, e);
    }
  }

  synchronized Process start(ProcessBuilder builder) {
    if (pulled) {
      throw new HandspunException(STOPPED);
    }
    try {
      process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new Child.CannotStartException(builder.command().get(0), e);
    }
  }

  private synchronized void pull() {
    pulled = true;
    if (process != null) {
      process.destroy();
    }
  }

  @Override
  public void close() {
    pull();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending.
    }
  }
}

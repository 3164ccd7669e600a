package handspun.spark;

import java.time.Duration;
import java.util.function.Consumer;

/** What a person is told who waits longer than usual, unless this was closed before. */
final class LateNotice {
  private final Thread thread;

  /**
   * @param delay after which it is told
   * @param sentence what is told
   * @param notices who is told
   */
  LateNotice(Duration delay, String sentence, Consumer<String> notices) {
    thread = new Thread(() -> tell(delay, sentence, notices), "late notice");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tell(Duration delay, String sentence, Consumer<String> notices) {
    try {
      Thread.sleep(delay.toMillis());
      notices.accept(sentence);
    } catch (InterruptedException e) {
      // It did not take so long.
    }
  }

  /** It is no longer waited. */
  void close() {
    thread.interrupt();
  }
}

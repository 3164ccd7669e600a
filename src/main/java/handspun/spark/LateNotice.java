package handspun.spark;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a person is told who waits longer than usual. */
final class LateNotice {
  private LateNotice() {}

  /**
   * Waits for something.
   *
   * @param delay after which it is told
   * @param notices who is told, by another thread
   * @param waiting comes to an end with what was waited for
   */
  static <T> T during(
      Duration delay, String sentence, Consumer<String> notices, Supplier<T> waiting) {
    Thread thread = new Thread(() -> tell(delay, sentence, notices), "late notice");
    thread.setDaemon(true);
    thread.start();
    try {
      return waiting.get();
    } finally {
      thread.interrupt();
    }
  }

  private static void tell(Duration delay, String sentence, Consumer<String> notices) {
    try {
      Thread.sleep(delay.toMillis());
      notices.accept(sentence);
    } catch (InterruptedException e) {
      // It did not take so long.
    }
  }
}

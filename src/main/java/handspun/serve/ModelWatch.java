package handspun.serve;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.math.Kernels;
import handspun.store.ModelFile;
import handspun.store.Runs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks every second whether there is a newer model, and serves it once it has read an image. One
 * that cannot is refused, and the one before is served on.
 */
final class ModelWatch implements DigitServer.Work {
  private static final long LEAST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Where there are very many runs, looking takes a fiftieth of a core at most. */
  private static final int PAUSES_PER_LOOK = 50;

  private final ServedModels models;
  private final Supplier<Optional<Runs.Written>> newest;
  private final Kernels kernels;
  private final Consumer<String> console;
  private final Thread thread;
  private Optional<Runs.Written> seen = Optional.empty();

  private ModelWatch(
      ServedModels models,
      Supplier<Optional<Runs.Written>> newest,
      Kernels kernels,
      Consumer<String> console) {
    this.models = models;
    this.newest = newest;
    this.kernels = kernels;
    this.console = console;
    thread = new Thread(this::run, "handspun-serve-models");
    thread.setDaemon(true);
  }

  /** Begins to look. */
  static ModelWatch start(
      ServedModels models,
      Supplier<Optional<Runs.Written>> newest,
      Kernels kernels,
      Consumer<String> console) {
    ModelWatch watch = new ModelWatch(models, newest, kernels, console);
    watch.thread.start();
    return watch;
  }

  private void run() {
    long pause = LEAST_PAUSE_NANOS;
    try {
      while (true) {
        Thread.sleep(Duration.ofNanos(pause).toMillis());
        long start = System.nanoTime();
        Optional<Runs.Written> found = find();
        pause = Math.max(LEAST_PAUSE_NANOS, PAUSES_PER_LOOK * (System.nanoTime() - start));
        if (found.isPresent() && !found.equals(seen)) {
          seen = found;
          take(found.get());
        }
      }
    } catch (InterruptedException e) {
      // Nobody looks any more.
    }
  }

  private Optional<Runs.Written> find() {
    try {
      return newest.get();
    } catch (HandspunException e) {
      // The folder cannot be listed at the moment.
      return Optional.empty();
    }
  }

  private void take(Runs.Written written) {
    ServedModel before = models.served();
    String file = written.model().toString();
    try {
      ServedModel next =
          ServedModel.of(file, ModelFile.read(Location.of(written.model())), kernels);
      if (next.isSame(before)) {
        return;
      }
      next.reader().read(image());
      models.serve(next);
      console.accept("Now served: model %s".formatted(file));
    } catch (HandspunException e) {
      console.accept(
          "The new model %s is refused, and %s is served on: %s"
              .formatted(file, before.file(), e.getMessage()));
    } catch (OutOfMemoryError e) {
      console.accept(
          "The new model %s is refused, and %s is served on: it does not fit into the memory that Java may use; allow more, such as with HANDSPUN_JAVA_OPTS=-Xmx1g."
              .formatted(file, before.file()));
    }
  }

  /** {@return a picture on which every pixel is inked, so that all weights take part} */
  private static byte[] image() {
    byte[] pixels = new byte[DigitNormalizer.PIXELS];
    Arrays.fill(pixels, (byte) 255);
    return pixels;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

package handspun.cli;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.run.TrainingWatch;
import handspun.serve.Content;
import handspun.serve.DigitServer;
import handspun.serve.LiveTraining;
import handspun.store.ModelFile;
import handspun.store.Runs;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The page while a training runs: it reads with the network as it is now. */
final class TrainingPage implements AutoCloseable {
  private final LiveTraining live;
  private final TrainingWatch watch;
  private final DigitServer server;
  private final Location model;
  private final Consumer<String> console;

  private TrainingPage(
      LiveTraining live, DigitServer server, Location model, Consumer<String> console) {
    this.live = live;
    this.server = server;
    this.model = model;
    this.console = console;
    watch = new TrainingWatch(live::see, console);
  }

  /**
   * Opens the page with the untrained network.
   *
   * @param settings of the training
   * @param plan of the training
   * @param run the folder that it writes into
   * @param port to listen at, 0 for any that is free
   * @param who may talk to it, and where it listens
   * @param console is told where the page is, and what goes wrong with it
   * @throws HandspunException if the port is in use
   */
  static TrainingPage open(
      Settings settings,
      Plan plan,
      Location run,
      int port,
      AccessOptions who,
      Consumer<String> console) {
    Location model = run.resolve(Runs.MODEL);
    LiveTraining live = new LiveTraining(model.toString(), plan);
    Content content =
        Content.of(live.file(), live.model()).with(settings::data).watching(live).telling(console);
    DigitServer server =
        DigitServer.start(content, Kernels.fastest(), who.access(), who.host(), port);
    console.accept("Watch it learn at %s".formatted(who.link(server)));
    who.warning(server).ifPresent(console);
    return new TrainingPage(live, server, model, console);
  }

  /** {@return what training is to tell how it goes on} */
  TrainingListener listener() {
    return watch;
  }

  /** Training has ended: serves what it has saved, until the process is ended. */
  void stay() {
    watch.close();
    live.end(ModelFile.read(model));
    console.accept(
        "The page at %s now reads with %s (Ctrl-C ends)".formatted(server.address(), model));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.close();
    server.close();
  }
}

package handspun.bench;

import handspun.HandspunException;
import handspun.data.DatasetReader;
import handspun.serve.DigitServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@code serve} under many requests of all kinds: {@code bench soak}. After a tenth of them, and in
 * the end, all clients leave, and what the server still holds is compared.
 */
final class SoakBench {
  /** As many are needed for the comparison to be one. */
  static final long LEAST_REQUESTS = 1000;

  private static final int CLIENTS = 64;
  private static final int FIRST_PART = 10;

  private static final int LOOK_MILLIS = 500;

  /** After which a server is at rest. */
  private static final int SAME_LOOKS = 4;

  private static final int MOST_LOOKS = 60;

  private final Project project;
  private final long requests;
  private final Consumer<String> progress;

  /**
   * @param project whose server it is
   * @param requests how many
   * @param progress is told a line every few seconds
   */
  SoakBench(Project project, long requests, Consumer<String> progress) {
    this.project = project;
    this.requests = requests;
    this.progress = progress;
  }

  /**
   * Sends all requests. The table of what was seen meanwhile, soak.csv, is written in the end.
   *
   * @param model the file of what is served
   * @param folder an existing one for the table and for what the server prints
   * @return what was seen
   * @throws HandspunException if the server does not start, answers wrongly from the beginning, or
   *     goes away
   */
  SoakReport run(Path model, Path folder) {
    OutFolder out = new OutFolder(folder);
    DigitRequests digits =
        new DigitRequests(
            DatasetReader.read(project.data(), 0).test(), ServedModelOption.name(model));
    try (ServerProcess server =
        ServerProcess.handspun(project, model, out.logs().resolve("serve"))) {
      SoakMix mix = new SoakMix(SoakKinds.all(digits, page()));
      try (BlockingClient alone = new BlockingClient(server.address())) {
        mix.learn(alone);
      } catch (IOException e) {
        throw ClosedLoop.lost(e);
      }
      SoakClients clients = new SoakClients(server.address(), mix, CLIENTS);
      try (SoakWatch watch = new SoakWatch(server, clients, progress)) {
        SoakWatch.Sample first = holds(server, requests / FIRST_PART, clients, watch);
        SoakWatch.Sample last = holds(server, requests, clients, watch);
        out.write("soak.csv", watch.csv());
        return new SoakReport(first, last, clients.errorsByKind());
      }
    }
  }

  /** {@return what the server holds after so many requests, when nobody is connected} */
  private static SoakWatch.Sample holds(
      ServerProcess server, long requests, SoakClients clients, SoakWatch watch) {
    clients.run(requests);
    if (!server.isAlive()) {
      throw new HandspunException(
          "The server ended by itself before %,d requests were over: its words are in the folder logs."
              .formatted(requests));
    }
    awaitRest(server);
    return watch.look();
  }

  /**
   * Until the server has noticed that its clients have left, which takes a busy machine a while.
   */
  private static void awaitRest(ServerProcess server) {
    long before = server.descriptors();
    int same = 0;
    try {
      for (int i = 0; i < MOST_LOOKS && same < SAME_LOOKS; i++) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        long now = server.descriptors();
        same = now == before ? same + 1 : 0;
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while a server came to rest.", e);
    }
  }

  /** {@return paths of the page and its files} */
  private static List<String> page() {
    try (InputStream list =
        Objects.requireNonNull(DigitServer.class.getResourceAsStream("files.txt"))) {
      String names = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.concat(
              Stream.of("/"),
              names.lines().filter(name -> !name.equals("index.html")).map(name -> "/" + name))
          .toList();
    } catch (IOException e) {
      throw HandspunException.couldNot("read the list of the page's files", e);
    }
  }
}

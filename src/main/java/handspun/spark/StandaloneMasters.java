package handspun.spark;

import handspun.HandspunException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Masters of a standalone cluster. Spark knocks at them for a minute, and then ends in a {@code
 * NullPointerException}.
 */
final class StandaloneMasters {
  private static final String SCHEME = "spark://";
  private static final int LIMIT_MILLIS = 5_000;
  private static final int MOST_PORT = 65_535;

  private StandaloneMasters() {}

  /** {@return whether it names Masters, {@code spark://HOST:PORT,HOST:PORT}} */
  static boolean isNamedBy(String master) {
    return master.startsWith(SCHEME);
  }

  /** {@return whether Spark's own Master gives executors} */
  static boolean isStandalone(String master) {
    return isNamedBy(master) || LocalClusterMaster.of(master).isPresent();
  }

  /**
   * Knocks at every Master, until one opens.
   *
   * @param master Spark's master URL; nothing happens if it is of another kind
   * @throws HandspunException if none does
   */
  static void requireOne(String master) {
    if (!isNamedBy(master)) {
      return;
    }
    List<String> refusals = new ArrayList<>();
    for (String address : addresses(master).toList()) {
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1);
      if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MOST_PORT) {
        // Spark says what is wrong with it.
        return;
      }
      try (Socket socket = new Socket()) {
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        InetSocketAddress at = new InetSocketAddress(host, Integer.parseInt(port));
        if (at.isUnresolved()) {
          refusals.add(address + ": there is no host of this name");
        } else {
          socket.connect(at, LIMIT_MILLIS);
          return;
        }
      } catch (IOException e) {
        refusals.add(address + ": " + HandspunException.reason(e));
      }
    }
    throw new HandspunException(
        "No Spark master answers at %s (%s): see that it runs there and can be reached from here, or check --master."
            .formatted(master, String.join("; ", refusals)));
  }

  /** {@return what to say when Spark has given up} */
  static String noRegistration(String master) {
    return "What answers at %s took no application from Spark within a minute: see that it is the Spark master, of this version of Spark, and no other of its ports, or check --master; Spark's log tells more."
        .formatted(master);
  }

  private static Stream<String> addresses(String master) {
    return Stream.of(master.substring(SCHEME.length()).split(","));
  }
}

package handspun.spark;

import handspun.UsageException;
import handspun.wire.Binding;
import handspun.wire.PortRange;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * How executors talk to each other, and how long anybody waits for anybody. All can be set as
 * Spark's own settings can.
 *
 * @param binding {@value #BIND_ADDRESS} and {@value #PORT}: where executors listen for each other;
 *     by default any free port of all addresses
 * @param shape {@value #ROUTE}: how they are connected; by default by recursive doubling
 * @param protection {@value #ENCRYPTION}: whether others can read what they exchange; by default
 *     not, if any of Spark's settings {@link #SECURED} is true
 * @param timeout {@value #TIMEOUT}: how long an executor may be silent that should send its part of
 *     a mini-batch, or any sign of life to the driver; by default 30 s
 * @param slotsLimit {@value #SLOTS_TIMEOUT}: how long to wait for executors; by default 60 s
 * @param mostFailures {@value #FAILURES}: how often an epoch may fail before training ends; by
 *     default 4
 */
record WireSettings(
    Binding binding,
    Shape shape,
    Protection protection,
    Duration timeout,
    Duration slotsLimit,
    int mostFailures)
    implements Serializable {
  static final String BIND_ADDRESS = "spark.handspun.exchange.bindAddress";
  static final String PORT = "spark.handspun.exchange.port";
  static final String ROUTE = "spark.handspun.exchange.route";
  static final String ENCRYPTION = "spark.handspun.exchange.encryption";
  static final String TIMEOUT = "spark.handspun.exchange.timeout";
  static final String SLOTS_TIMEOUT = "spark.handspun.slots.timeout";
  static final String FAILURES = "spark.handspun.epoch.maxFailures";

  /** By each of these a user says that others may listen in. */
  static final List<String> SECURED =
      List.of(
          "spark.authenticate",
          "spark.network.crypto.enabled",
          "spark.ssl.enabled",
          "spark.ssl.rpc.enabled");

  private static final long serialVersionUID = 1L;

  /** A day; times are multiplied, and reckoned in nanoseconds. */
  private static final long LONGEST_SECONDS = 86_400;

  /**
   * @return what they say
   * @throws UsageException if that is impossible
   */
  static WireSettings of(SparkConf conf) {
    return new WireSettings(
        new Binding(conf.get(BIND_ADDRESS, "").strip(), PortRange.parse(PORT, conf.get(PORT, "0"))),
        shape(conf),
        protection(conf),
        seconds(conf, TIMEOUT, "30s"),
        seconds(conf, SLOTS_TIMEOUT, "60s"),
        failures(conf));
  }

  private static Shape shape(SparkConf conf) {
    String text = conf.get(ROUTE, "doubling");
    for (Shape shape : Shape.values()) {
      if (text.equals(shape.name().toLowerCase(Locale.ROOT))) {
        return shape;
      }
    }
    throw new UsageException(ROUTE + " is " + text + ", but must be star, tree or doubling.");
  }

  private static Protection protection(SparkConf conf) {
    String text = conf.get(ENCRYPTION, "auto");
    return switch (text) {
      case "auto" ->
          SECURED.stream().anyMatch(name -> conf.get(name, "").strip().equalsIgnoreCase("true"))
              ? Protection.AES_GCM
              : Protection.CHECKSUM;
      case "on" -> Protection.AES_GCM;
      case "off" -> Protection.CHECKSUM;
      default ->
          throw new UsageException(
              "%s is %s, but must be auto (if Spark's own connections are authenticated or encrypted), on, or off (plain text)."
                  .formatted(ENCRYPTION, text));
    };
  }

  private static Duration seconds(SparkConf conf, String name, String byDefault) {
    long seconds;
    try {
      seconds = conf.getTimeAsSeconds(name, byDefault);
    } catch (RuntimeException e) {
      seconds = 0;
    }
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new UsageException(
          name + " is " + conf.get(name) + ", but must be a time of 1s to 1d, such as 30s.");
    }
    return Duration.ofSeconds(seconds);
  }

  private static int failures(SparkConf conf) {
    String text = conf.get(FAILURES, "4");
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new UsageException(FAILURES + " is " + text + ", but must be 1 to 99999.");
    }
    return Integer.parseInt(text);
  }
}

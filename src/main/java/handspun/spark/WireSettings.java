package handspun.spark;

import handspun.UsageException;
import handspun.wire.PortRange;
import handspun.wire.Route.Shape;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * How executors talk to each other, and how long anybody waits for anybody. All can be set as
 * Spark's own settings can.
 *
 * @param ports {@value #PORT}: where executors listen for each other; by default any free port
 * @param shape {@value #ROUTE}: how they are connected; by default by recursive doubling
 * @param timeout {@value #TIMEOUT}: how long an executor may be silent that should send its part of
 *     a mini-batch, or any sign of life to the driver; by default 30 s
 * @param slotsLimit {@value #SLOTS_TIMEOUT}: how long to wait for executors; by default 60 s
 * @param mostFailures {@value #FAILURES}: how often an epoch may fail before training ends; by
 *     default 4
 */
record WireSettings(
    PortRange ports, Shape shape, Duration timeout, Duration slotsLimit, int mostFailures)
    implements Serializable {
  static final String PORT = "spark.handspun.exchange.port";
  static final String ROUTE = "spark.handspun.exchange.route";
  static final String TIMEOUT = "spark.handspun.exchange.timeout";
  static final String SLOTS_TIMEOUT = "spark.handspun.slots.timeout";
  static final String FAILURES = "spark.handspun.epoch.maxFailures";

  private static final long serialVersionUID = 1L;

  /** A day; times are multiplied, and reckoned in nanoseconds. */
  private static final long LONGEST_SECONDS = 86_400;

  /**
   * @return what they say
   * @throws UsageException if that is impossible
   */
  static WireSettings of(SparkConf conf) {
    return new WireSettings(
        PortRange.parse(PORT, conf.get(PORT, "0")),
        shape(conf),
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

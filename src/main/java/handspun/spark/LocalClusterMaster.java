package handspun.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A master that starts its executors as processes of this machine, {@code
 * local-cluster[EXECUTORS,CORES,MEGABYTES]}.
 *
 * @param executors how many, all of which will come
 * @param cores of each
 */
record LocalClusterMaster(int executors, int cores) {
  private static final Pattern MASTER =
      Pattern.compile("local-cluster\\[\\s*([1-9]\\d{0,3})\\s*,\\s*([1-9]\\d{0,3})\\s*,.*]");

  /** {@return what it says; empty for any other master} */
  static Optional<LocalClusterMaster> of(String master) {
    Matcher matcher = MASTER.matcher(master);
    return matcher.matches()
        ? Optional.of(
            new LocalClusterMaster(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * @param taskCores cores of each task
   * @return how many tasks run at once
   */
  int slots(int taskCores) {
    return executors * (cores / taskCores);
  }
}

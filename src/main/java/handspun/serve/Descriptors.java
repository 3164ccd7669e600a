package handspun.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many connections this process has file descriptors for. With none left, the JDK's server
 * cannot even take a connection to close it, and tries so without end.
 */
final class Descriptors {
  /** For models and images; libraries are open by then. */
  private static final int KEPT = 32;

  private static final int LEAST = 16;

  private Descriptors() {}

  /** {@return how many connections there may be, of so many that there are to be} */
  static int connections(int wanted) {
    UnixOperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    // Where it is not known, there is no such limit.
    return system == null
        ? wanted
        : connections(
            wanted, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
  }

  static int connections(int wanted, long most, long open) {
    return most < 0 ? wanted : (int) Math.max(LEAST, Math.min(wanted, most - open - KEPT));
  }
}

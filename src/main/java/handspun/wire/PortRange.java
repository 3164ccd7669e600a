package handspun.wire;

import handspun.UsageException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports of which one is to be taken, 1..65535 with both ends; 0 for any free one. */
public record PortRange(int from, int to) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int LAST_PORT = 65535;

  /**
   * @param name of the setting, for people
   * @param text such as {@code 7100}, {@code 7100-7110}, or 0 for any
   * @return the ports
   * @throws UsageException if that is not what it says
   */
  public static PortRange parse(String name, String text) {
    Matcher ports = TEXT.matcher(text.strip());
    if (ports.matches()) {
      int from = Integer.parseInt(ports.group(1));
      int to = ports.group(2) == null ? from : Integer.parseInt(ports.group(2));
      if (from <= to && to <= LAST_PORT && (from > 0 || to == 0)) {
        return new PortRange(from, to);
      }
    }
    throw new UsageException(
        "%s is %s, but must be a port of 1 to 65535, a range such as 7100-7110, or 0 for any free port."
            .formatted(name, text));
  }

  @Override
  public String toString() {
    return from == to ? String.valueOf(from) : from + "-" + to;
  }
}

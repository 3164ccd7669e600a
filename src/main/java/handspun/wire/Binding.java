package handspun.wire;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Where an executor listens for the others.
 *
 * @param address of its machine; empty for all of them, or for its own only, if others know it by
 *     one that leads nowhere else
 */
public record Binding(String address, PortRange ports) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What cannot be reached from another machine need not be open to it. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[?::1]?");

  /**
   * {@return a listener at a free port}
   *
   * @param host how others reach this machine: it may be an address that the machine does not have,
   *     as behind a translation of addresses
   * @throws WireException if there is none
   */
  public Listener open(String host) {
    if (address.isEmpty() && !LOOPBACK.matcher(host).matches()) {
      return Listener.atAllAddresses(ports);
    }
    return Listener.open(address.isEmpty() ? host : address, ports);
  }
}

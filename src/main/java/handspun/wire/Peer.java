package handspun.wire;

import java.io.Serializable;

/**
 * An executor, as others know it: its number, from 0, its name in Spark, and the address of its
 * {@link Listener}.
 */
public record Peer(int number, String id, String host, int port) implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    // An IPv6 address needs brackets to tell its end; Spark has them already.
    String place = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "executor " + id + " (" + place + ":" + port + ")";
  }
}

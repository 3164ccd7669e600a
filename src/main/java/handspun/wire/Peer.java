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
    return "executor " + id + " (" + host + ":" + port + ")";
  }
}

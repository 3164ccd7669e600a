package handspun.spark;

import java.io.Serializable;

/**
 * What a task says of where it runs.
 *
 * @param executor name in Spark
 * @param host of the executor
 * @param kernels that it computes with
 */
record Arrival(String executor, String host, String kernels) implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    return "executor " + executor + " (" + host + ")";
  }
}

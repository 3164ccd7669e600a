package handspun.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a mini-batch changes: the parameters, and what the {@link Optimizer} remembers from one
 * mini-batch to the next. It travels between driver, executors and checkpoints.
 *
 * @param parameters a parameter vector
 * @param memory the optimizer's vectors, laid out like the parameters; none for plain gradient
 *     descent
 */
public record ModelState(float[] parameters, List<float[]> memory) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a model without parameters. */
  public static final ModelState NONE = new ModelState(new float[0], List.of());

  /** Makes the list unchangeable, but not its vectors. */
  public ModelState {
    memory = List.copyOf(memory);
  }

  /**
   * @param parameters to begin with
   * @return the state before the first mini-batch, in which nothing is remembered yet
   */
  public static ModelState initial(Plan plan, float[] parameters) {
    float[] nothing = new float[parameters.length];
    return new ModelState(parameters, Collections.nCopies(Optimizer.memories(plan), nothing));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelState that
        && Arrays.equals(parameters, that.parameters)
        && Arrays.deepEquals(memory.toArray(), that.memory.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(parameters) + Arrays.deepHashCode(memory.toArray());
  }

  @Override
  public String toString() {
    return "%d parameters, %d vectors of memory".formatted(parameters.length, memory.size());
  }
}

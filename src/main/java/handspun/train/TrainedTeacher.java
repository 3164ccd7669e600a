package handspun.train;

import handspun.data.Examples;
import handspun.data.Teacher;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Network;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Trained networks from whose answers another one learns: they tell also which wrong digits an
 * image is like (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015).
 * They are the {@link MeanAnswers} of all.
 *
 * @param members at least one, with as many outputs; answers are added up in this order
 * @param temperature by which answers are softened, T, above 0; 1 for as they are
 */
public record TrainedTeacher(List<Member> members, float temperature) implements Teacher {
  private static final long serialVersionUID = 2L;

  /**
   * One of them.
   *
   * @param network with an output for each class
   * @param preprocessing what is done to the images that it reads
   */
  public record Member(Network network, Preprocessing preprocessing) implements Serializable {
    private static final long serialVersionUID = 1L;

    private float[] outputs(Examples examples) {
      Examples prepared = new ImagePreparation(preprocessing, Augmentation.NONE).read(examples);
      return Feedforward.outputs(network, Kernels.fastest(), prepared.inputs());
    }
  }

  /** Makes the list unchangeable. */
  public TrainedTeacher {
    members = List.copyOf(members);
  }

  /** One network alone. */
  public TrainedTeacher(Network network, Preprocessing preprocessing, float temperature) {
    this(List.of(new Member(network, preprocessing)), temperature);
  }

  @Override
  public float[] answers(Examples examples) {
    int classes = members.get(0).network().topology().outputs();
    MeanAnswers mean = new MeanAnswers(examples.count(), classes, temperature);
    members.forEach(member -> mean.add(member.outputs(examples)));
    return mean.get();
  }

  /** {@return the SHA-256 of each network's parameters, in order, with commas between them} */
  public String sha256() {
    return members.stream()
        .map(member -> member.network().sha256())
        .collect(Collectors.joining(","));
  }
}

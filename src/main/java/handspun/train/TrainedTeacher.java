package handspun.train;

import handspun.data.Examples;
import handspun.data.Teacher;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Inputs;
import handspun.network.Network;

/**
 * A trained network from whose answers another one learns: they tell also which wrong digits an
 * image is like (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015).
 * They are the outputs to the power 1/T, divided by their sum.
 *
 * @param network with an output for each class
 * @param preprocessing what is done to the images that it reads
 * @param temperature by which answers are softened, T, above 0; 1 for as they are
 */
public record TrainedTeacher(Network network, Preprocessing preprocessing, float temperature)
    implements Teacher {
  private static final long serialVersionUID = 1L;

  private static final int IMAGES_AT_A_TIME = 64;

  @Override
  public float[] answers(Examples examples) {
    Inputs images = new ImagePreparation(preprocessing, Augmentation.NONE).read(examples).inputs();
    int classes = network.topology().outputs();
    float[] answers = new float[Math.multiplyExact(images.count(), classes)];
    Feedforward feedforward = Feedforward.of(network, Kernels.fastest(), IMAGES_AT_A_TIME);
    for (int from = 0; from < images.count(); from += IMAGES_AT_A_TIME) {
      int to = Math.min(from + IMAGES_AT_A_TIME, images.count());
      feedforward.read(images, from, to);
      for (int i = from; i < to; i++) {
        feedforward.outputs(i - from, answers, i * classes);
        soften(answers, i * classes, classes);
      }
    }
    return answers;
  }

  private void soften(float[] answers, int at, int classes) {
    double[] softened = new double[classes];
    double sum = 0;
    for (int o = 0; o < classes; o++) {
      softened[o] = StrictMath.pow(answers[at + o], 1.0 / temperature);
      sum += softened[o];
    }
    for (int o = 0; o < classes; o++) {
      answers[at + o] = (float) (softened[o] / sum);
    }
  }
}

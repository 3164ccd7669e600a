package handspun.cli;

import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.Augmentation;
import handspun.spark.Generation;
import handspun.spark.HadoopSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun generate}: a large set of images to train on. */
@Command(
    name = "generate",
    description =
        "Make a large set of training images, by changing those of a small one as other hands would have written them. The test images are copied.")
final class GenerateCommand implements Runnable {
  private static final int IMAGES_A_PART = 50_000;

  @Option(
      names = "--images",
      paramLabel = "N",
      required = true,
      description = "How many images to make.")
  private int images;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "New folder for them, here or at a URI that Hadoop reaches.")
  private String out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--augment",
      paramLabel = "NAME=X,...",
      defaultValue = "shift=1,rotate=12,scale=0.12,shear=0.12,elastic=26",
      description = "How they are changed, as for train (default: ${DEFAULT-VALUE}).")
  private String augment;

  @Option(
      names = "--parts",
      paramLabel = "N",
      description = "Files that the images are divided among (default: one for 50,000).")
  private Integer parts;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The small set (default: that of conf/handspun.conf).")
  private String data;

  @Option(names = "--master", paramLabel = "M", description = "Spark's master, such as local[2].")
  private String master;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Augmentation augmentation = Augmentation.parse(augment);
    if (augmentation.negatives() > 0) {
      throw new UsageException(
          "--augment has negatives=%s, but all images of a generated set have a label: leave negatives out here, and ask train for them."
              .formatted(augmentation.negatives()));
    }
    Generation generation =
        new Generation(
            images, augmentation, seed, parts != null ? parts : 1 + (images - 1) / IMAGES_A_PART);
    Map<String, Object> typed = data == null ? Map.of() : Map.of("data", data);
    DataSources from = Settings.read(null, typed, HadoopSettings.HERE).data();
    Dataset originals = DatasetReader.open(from, 0, false).inMemory();
    Location folder = Location.of(out, HadoopSettings.HERE);
    NewFolder.make(folder);
    say(
        "Making %,d images out of the %,d in %s, in %,d parts, seed %d ...",
        images, originals.training().count(), from, generation.parts(), seed);
    long start = System.nanoTime();
    try (Interruption interruption =
        new Interruption(
            () ->
                spec.commandLine()
                    .getErr()
                    .println("handspun: Stopped before the end: remove " + folder + "."))) {
      try {
        generation.run(
            master == null ? System.getProperty("spark.master", "local[*]") : master,
            originals.training(),
            originals.test(),
            folder,
            notice -> say("Note: %s", notice));
      } catch (RuntimeException e) {
        interruption.leaveTheLastWord();
        throw e;
      }
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    say("Made in %.1f s, %,.0f images/s, Spark's start included.", seconds, images / seconds);
    say("Train on them:  bin/handspun train --data %s", out);
  }

  private void say(String format, Object... arguments) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(String.format(Locale.ROOT, format, arguments));
    terminal.flush();
  }
}

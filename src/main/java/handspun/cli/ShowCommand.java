package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.DatasetReader;
import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.data.LabelCounts;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.report.ExampleSheet;
import handspun.train.AugmentedImages;
import handspun.train.Hyperparameters;
import handspun.train.ImagePreparation;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun show}: what training sees of images. */
@Command(
    name = "show",
    description =
        "Draw what training sees: some images as they are, and as they are augmented and straightened.")
final class ShowCommand implements Runnable {
  /** Among so many examples all labels are found. */
  private static final int LOOKED_AT = 10_000;

  /** So many rows and columns still make a picture that can be opened. */
  private static final int MOST = 100;

  @Option(
      names = "--augment",
      paramLabel = "NAME=X,...",
      defaultValue = "shift=1,rotate=10,scale=0.1,shear=0.1,elastic=34,thickness=0.4",
      description = "How images are changed, as for train (default: ${DEFAULT-VALUE}).")
  private String augment;

  @Option(
      names = "--preprocess",
      paramLabel = "none|straighten",
      defaultValue = "none",
      description = "What is done to them then, as for train (default: ${DEFAULT-VALUE}).")
  private String preprocess;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "8",
      description = "So many epochs of training are shown (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "So many training examples are shown, of each label as many as possible (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the images are, as for train (default: that of conf/handspun.conf).")
  private String data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "sheet.png",
      description = "The picture, as PNG (default: ${DEFAULT-VALUE}).")
  private String out;

  @Spec private CommandSpec spec;

  private final Function<DataSources, TrainingData> datasets;

  ShowCommand() {
    this(sources -> DatasetReader.open(sources, 0, false));
  }

  /** A command that reads data in its own way. */
  ShowCommand(Function<DataSources, TrainingData> datasets) {
    this.datasets = datasets;
  }

  @Override
  public void run() {
    requireFew("--epochs", epochs);
    requireFew("--examples", count);
    Augmentation augmentation = Hyperparameters.AUGMENT.parse(augment);
    Preprocessing preprocessing = Hyperparameters.PREPROCESS.parse(preprocess);
    Map<String, Object> typed = data == null ? Map.of() : Map.of("data", data);
    ExampleSet training = datasets.apply(Settings.read(null, typed, Map::of).data()).training();
    Examples examples = training.slice(0, Math.min(LOOKED_AT, training.count()));
    int columns = examples.columns();
    Plan plan =
        Plan.builder()
            .set(Hyperparameters.LAYERS, new Topology(examples.rows() * columns, 10))
            .set(Hyperparameters.SEED, seed)
            .set(Hyperparameters.AUGMENT, augmentation)
            .set(Hyperparameters.PREPROCESS, preprocessing)
            .build();
    List<String> captions = new ArrayList<>(List.of("as it is"));
    if (preprocessing != Preprocessing.NONE) {
      captions.add(preprocessing.toString());
    }
    for (int epoch = 1; epoch <= epochs && !augmentation.isNone(); epoch++) {
      captions.add("epoch %d".formatted(epoch));
    }
    String title =
        String.format(
            Locale.ROOT, "augment %s, preprocess %s, seed %d", augmentation, preprocessing, seed);
    if (augmentation.negatives() > 0) {
      title += "; no digit where the frame is red";
    }
    Location file = Location.of(out, Map::of);
    new ExampleSheet(title, captions, rows(plan, examples), columns)
        .write(file)
        .ifPresent(
            warning -> {
              throw new HandspunException(warning);
            });
    spec.commandLine().getOut().printf("Drawn in %s%n", file);
    spec.commandLine().getOut().flush();
  }

  private static void requireFew(String option, int number) {
    if (number < 1 || number > MOST) {
      throw new UsageException(
          "%s is %d, but must be 1 to %d: try 8.".formatted(option, number, MOST));
    }
  }

  /** Of each example that is shown, its images. */
  private List<List<ExampleSheet.Tile>> rows(Plan plan, Examples examples) {
    ImagePreparation preparation = ImagePreparation.of(plan);
    int[] shown = shown(examples);
    Examples some = examples.select(shown);
    Examples read = preparation.read(some);
    AugmentedImages augmented =
        new AugmentedImages(
            plan, examples.rows(), examples.columns(), Kernels.fastest(), new TracedImages());
    List<List<ExampleSheet.Tile>> rows = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      byte[] image = some.inputs().pixels(i);
      List<ExampleSheet.Tile> row = new ArrayList<>(List.of(new ExampleSheet.Tile(image)));
      if (!preparation.isNone()) {
        row.add(new ExampleSheet.Tile(read.inputs().pixels(i)));
      }
      for (int epoch = 1; epoch <= epochs && !preparation.augmentation().isNone(); epoch++) {
        byte[] seen = new byte[image.length];
        boolean isOfItsClass =
            augmented.make(image, examples.label(shown[i]), epoch, shown[i], seen, 0);
        row.add(new ExampleSheet.Tile(seen, !isOfItsClass));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The first examples of each label, as many of each as possible, in the order of the labels. */
  private int[] shown(Examples examples) {
    int[] turns = new int[LabelCounts.LABELS];
    int[] turn = new int[examples.count()];
    for (int i = 0; i < turn.length; i++) {
      turn[i] = turns[examples.label(i)]++;
    }
    return IntStream.range(0, turn.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(i -> turn[i]).thenComparingInt(examples::label))
        .limit(count)
        .sorted(Comparator.comparingInt(examples::label))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

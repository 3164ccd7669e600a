import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Spark MLlib's multilayer perceptron on MNIST, with all its settings at their defaults but the
 * layers, the seed and the number of iterations.
 *
 * <p>It offers no look at the network between two iterations of its optimizer, L-BFGS. So the whole
 * fit is done once for each number of iterations that is asked for, from the start, and each prints
 * a line of JSON. The seconds are those of the fit; the examples lie ready in memory.
 */
public final class MllibPerceptron {
  private static final int TRAINING = 50_000;

  private MllibPerceptron() {}

  /**
   * @param arguments pairs: --data DIR, --layers N,N,..., --seed N, --cores N, --iterations N,N,...
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    int cores = Integer.parseInt(options.get("--cores"));
    SparkSession spark =
        SparkSession.builder()
            .appName("MLlib's multilayer perceptron")
            .master("local[" + cores + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    List<Row> rows = read(Path.of(options.get("--data")));
    Dataset<Row> training = frame(spark, rows.subList(0, TRAINING), cores);
    Dataset<Row> validation = frame(spark, rows.subList(TRAINING, rows.size()), cores);
    for (int iterations : wholes(options.get("--iterations"))) {
      MultilayerPerceptronClassifier perceptron =
          new MultilayerPerceptronClassifier()
              .setLayers(wholes(options.get("--layers")))
              .setSeed(Long.parseLong(options.get("--seed")))
              .setMaxIter(iterations);
      long start = System.nanoTime();
      MultilayerPerceptronClassificationModel model = perceptron.fit(training);
      double seconds = (System.nanoTime() - start) * 1e-9;
      double accuracy =
          new MulticlassClassificationEvaluator()
              .setMetricName("accuracy")
              .evaluate(model.transform(validation));
      System.out.printf(
          Locale.ROOT,
          "{\"epoch\": %d, \"trainSeconds\": %.6f, \"accuracy\": %.6f}%n",
          iterations,
          seconds,
          accuracy);
    }
    System.out.printf("{\"version\": \"Spark MLlib %s\"}%n", spark.version());
    spark.stop();
  }

  private static int[] wholes(String list) {
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static Dataset<Row> frame(SparkSession spark, List<Row> rows, int partitions) {
    StructType columns =
        new StructType(
            new StructField[] {
              new StructField("label", DataTypes.DoubleType, false, Metadata.empty()),
              new StructField("features", new VectorUDT(), false, Metadata.empty())
            });
    Dataset<Row> frame = spark.createDataFrame(rows, columns).repartition(partitions).cache();
    frame.count();
    return frame;
  }

  private static List<Row> read(Path folder) throws IOException {
    try (DataInputStream images = open(folder.resolve("train-images-idx3-ubyte.gz"));
        DataInputStream labels = open(folder.resolve("train-labels-idx1-ubyte.gz"))) {
      images.readInt();
      int count = images.readInt();
      byte[] pixels = new byte[images.readInt() * images.readInt()];
      labels.readLong();
      List<Row> rows = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        images.readFully(pixels);
        double[] features = new double[pixels.length];
        for (int p = 0; p < pixels.length; p++) {
          features[p] = (pixels[p] & 0xff) / 255.0;
        }
        rows.add(RowFactory.create((double) labels.readByte(), Vectors.dense(features)));
      }
      return rows;
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream packed = Files.newInputStream(file);
    return new DataInputStream(new GZIPInputStream(packed, 1 << 16));
  }
}

// A tour of Handspun, for bin/handspun shell src/docs/explore.jsh. It ends in the shell, where everything is still there.

// How dark each pixel of an image, or each weight of a unit, is.
String picture(int size, IntToDoubleFunction value) {
  var text = new StringBuilder();
  for (int i = 0; i < size * size; i++) {
    int shade = (int) Math.max(-4, Math.min(4, Math.round(4 * value.applyAsDouble(i))));
    text.append("@%+- .oO#".charAt(4 + shade)).append(i % size == size - 1 ? "\n" : "");
  }
  return text.toString();
}

// ---- Load: 50,000 images to learn from, 10,000 to validate with, 10,000 to test with.
Dataset data = DatasetReader.read(home.resolve("data/mnist"), 10_000)
byte[] first = data.training().inputs().pixels(0)
System.out.println("The first training image, a " + data.training().label(0) + ":")
System.out.println(picture(28, i -> (first[i] & 255) / 255.0))

// ---- Train two epochs, on threads of this process.
Plan plan = Plan.builder().set(Hyperparameters.EPOCHS, 2).build()
RunFolder folder = RunFolder.createIn(home.resolve("runs"))
Trained trained = new Training(plan, data, folder, Engine.threads()).train()
folder.close()
trained.result().epochs().forEach(e -> System.out.printf(Locale.ROOT, "Epoch %d: cost %.4f, validation %.2f %%%n", e.epoch(), e.cost(), 100 * e.validationAccuracy()))
System.out.printf(Locale.ROOT, "Test: %.2f %%, parameters %s%n", 100 * trained.test().accuracy(), trained.network().sha256())

// ---- The same on Spark, to the same bits.
JavaSparkContext spark = new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("explore"))
RunFolder onSpark = RunFolder.createIn(home.resolve("runs"))
Trained same = new Training(plan, data, onSpark, Engine.spark(spark, Aggregation.EXCHANGE)).train()
onSpark.close()
spark.stop()
System.out.println("On Spark: parameters " + same.network().sha256())

// ---- Look at weights: what the first hidden unit looks for (+ and %) and what speaks against it (o, O, #).
System.out.println(picture(28, i -> trained.network().weight(1, i, 0) / 2))

// ---- Read an image.
DigitReader reader = new DigitReader(trained.network(), plan.get(Hyperparameters.PREPROCESS), Kernels.fastest())
Reading reading = reader.read(data.test().inputs().pixels(0))
System.out.println("The first test image is a " + data.test().label(0) + ", read as a " + reading.digit() + ": " + Arrays.toString(reading.outputs()))

// ---- Draw the learning curve.
Curve.write(Location.of(Path.of("curve.svg")), trained.result().epochs())
System.out.println("The learning curve is in " + Path.of("curve.svg").toAbsolutePath())

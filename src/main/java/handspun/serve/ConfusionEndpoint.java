package handspun.serve;

import handspun.JsonSchema;
import java.util.stream.IntStream;

/**
 * Tells what a model takes the test images for.
 *
 * @param models any of which may be asked for
 */
record ConfusionEndpoint(ServedModels models, ExampleImages examples) implements Endpoint {
  static final Description DESCRIPTION =
      Description.of(
              "What a model takes the test images for",
              JsonSchema.object()
                  .with("correct", JsonSchema.whole())
                  .with("count", JsonSchema.whole())
                  .with(
                      "matrix",
                      JsonSchema.arrayOf(JsonSchema.arrayOf(JsonSchema.whole()))
                          .said("How often a label, by rows, is taken for each."))
                  .named("Confusion"))
          .asks(ServedModels.MODEL);

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosen(request);
    TestImages images = examples.test(model);
    int[][] confusion = images.confusion();
    int correct = IntStream.range(0, confusion.length).map(i -> confusion[i][i]).sum();
    return model.sign(
        Reply.json(
            json -> {
              json.writeNumberField("correct", correct);
              json.writeNumberField("count", images.predictions().length);
              json.writeArrayFieldStart("matrix");
              for (int[] row : confusion) {
                json.writeArray(row, 0, row.length);
              }
              json.writeEndArray();
            }));
  }
}

package handspun.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import handspun.image.DigitNormalizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the tensor that a model is given: {@code {"name", "shape", "datatype", "data"}}. */
final class InputReader {
  /** What it must be. */
  static final String FORM =
      "{\"name\":\"%s\",\"shape\":[1,%d],\"datatype\":\"FP32\",\"data\":[...]}"
          .formatted(ImageTensor.NAME, DigitNormalizer.PIXELS);

  private static final List<List<Long>> SHAPES =
      List.of(
          List.of((long) DigitNormalizer.PIXELS),
          List.of((long) DigitNormalizer.SIZE, (long) DigitNormalizer.SIZE),
          List.of((long) DigitNormalizer.SIZE, (long) DigitNormalizer.SIZE, 1L));

  private final JsonRequest json;
  private final boolean mayBeBinary;
  private Optional<String> name = Optional.empty();
  private Optional<Datatype> datatype = Optional.empty();
  private List<Long> shape = List.of();
  private OptionalLong binarySize = OptionalLong.empty();
  private Optional<ImageTensor> data = Optional.empty();

  /** Where data are that cannot be read until it is known of what type they are; -1 if nowhere. */
  private int passedOver = -1;

  /** {@code mayBeBinary}: whether the client says where the JSON ends. */
  InputReader(JsonRequest json, boolean mayBeBinary) {
    this.json = json;
    this.mayBeBinary = mayBeBinary;
  }

  ImageTensor read() throws IOException {
    json.require(JsonToken.START_OBJECT, "an object, as " + FORM);
    while (json.nextField()) {
      switch (json.field()) {
        case "name" -> name = Optional.of(json.text());
        case "shape" -> shape = shape();
        case "datatype" -> datatype = Optional.of(datatype(json.text()));
        case "parameters" -> binarySize = json.parameters().number("binary_data_size");
        case "data" -> readData();
        default -> json.skip();
      }
    }
    if (!name.equals(Optional.of(ImageTensor.NAME))) {
      throw new MalformedRequest(
          "The input is named \"%s\", but must be named \"%s\"."
              .formatted(Words.shortened(name.orElse("")), ImageTensor.NAME));
    }
    Datatype type =
        datatype.orElseThrow(
            () -> new MalformedRequest("The input has no \"datatype\": send FP32 or UINT8."));
    int count = count();
    if (passedOver >= 0) {
      try (PixelStreamParser again = JsonRequest.at(json.body(), passedOver, json.length())) {
        data = Optional.of(images(again, type));
      }
    }
    return binarySize.isPresent() ? binary(type, count, binarySize.getAsLong()) : inJson(count);
  }

  private void readData() throws IOException {
    json.beginArray();
    if (datatype.isPresent()) {
      data = Optional.of(images(json.parser(), datatype.get()));
    } else {
      passedOver = (int) json.parser().currentTokenLocation().getByteOffset();
      json.skip();
    }
  }

  private static ImageTensor images(PixelStreamParser array, Datatype type) throws IOException {
    PixelsParser pixels = new PixelsParser(type);
    pixels.images(array);
    return pixels.tensor();
  }

  private static Datatype datatype(String name) {
    return switch (name) {
      case "FP32" -> Datatype.FP32;
      case "UINT8" -> Datatype.UINT8;
      default ->
          throw new MalformedRequest(
              "The input's datatype is \"%s\", but must be FP32 or UINT8."
                  .formatted(Words.shortened(name)));
    };
  }

  private List<Long> shape() throws IOException {
    json.beginArray();
    List<Long> sizes = new ArrayList<>();
    while (json.nextElement()) {
      JsonParser size = json.parser();
      if (size.currentToken() != JsonToken.VALUE_NUMBER_INT
          || size.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || sizes.size() > SHAPES.size()) {
        throw new MalformedRequest(
            "The input's \"shape\" has %s: send whole numbers, as [1,%d]."
                .formatted(
                    sizes.size() > SHAPES.size() ? "too many" : Words.shortened(size.getText()),
                    DigitNormalizer.PIXELS));
      }
      sizes.add(size.getLongValue());
    }
    return sizes;
  }

  private int count() {
    if (shape.isEmpty()
        || !SHAPES.contains(shape.subList(1, shape.size()))
        || shape.get(0) < 1
        || shape.get(0) > PixelsParser.MOST_IMAGES) {
      throw new MalformedRequest(
          "The input's shape is %s, but must be [n,784], [n,28,28] or [n,28,28,1] with n from 1 to %d."
              .formatted(shape, PixelsParser.MOST_IMAGES));
    }
    return shape.get(0).intValue();
  }

  private ImageTensor inJson(int count) {
    ImageTensor images =
        data.orElseThrow(
            () ->
                new MalformedRequest(
                    "The input has neither \"data\" nor the parameter \"binary_data_size\": send one of them."));
    if (images.count() != count) {
      throw new MalformedRequest(
          "The input's shape is %s, but its data have %d numbers: send %d."
              .formatted(
                  shape, images.count() * DigitNormalizer.PIXELS, count * DigitNormalizer.PIXELS));
    }
    if (json.body().length != json.length()) {
      throw new MalformedRequest(
          "%d bytes follow the JSON, but no input says \"binary_data_size\": send none, or say it."
              .formatted(json.body().length - json.length()));
    }
    return images;
  }

  private ImageTensor binary(Datatype type, int count, long size) {
    if (data.isPresent()) {
      throw new MalformedRequest(
          "The input has \"data\" and the parameter \"binary_data_size\": send one of them.");
    }
    if (!mayBeBinary) {
      throw new MalformedRequest(
          "The input has binary data, but no header Inference-Header-Content-Length says where they begin: send it.");
    }
    long wanted = (long) count * DigitNormalizer.PIXELS * type.bytes();
    if (size != wanted) {
      throw new MalformedRequest(
          "\"binary_data_size\" is %d, but %s of shape %s take %d bytes."
              .formatted(size, type, shape, wanted));
    }
    int follow = json.body().length - json.length();
    if (follow != wanted) {
      throw new MalformedRequest(
          "%d bytes follow the JSON, but \"binary_data_size\" is %d.".formatted(follow, wanted));
    }
    return new ImageTensor(type, count, json.body(), json.length());
  }
}

package handspun.inference;

import com.fasterxml.jackson.core.JsonToken;
import handspun.image.DigitNormalizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client asks of a model: {@code {"id", "parameters", "inputs": [tensor], "outputs"}}, then
 * the binary data of the tensor if it has any. Fields and parameters that mean nothing here are
 * passed over.
 *
 * @param id that the answer has to repeat
 * @param images to be read
 * @param outputs wanted, in the order in which they are answered
 */
public record InferenceRequest(
    Optional<String> id, ImageTensor images, List<RequestedOutput> outputs) {
  /**
   * An output that is wanted.
   *
   * @param isBinary whether its elements follow the JSON as binary data
   */
  public record RequestedOutput(ResponseTensor output, boolean isBinary) {}

  /** {@code isBinary} is empty if the client says it for all outputs, or not at all. */
  private record Wanted(ResponseTensor output, Optional<Boolean> isBinary) {}

  /** {@return a request whose body is JSON and nothing else} */
  public static InferenceRequest read(byte[] body) {
    return read(body, body.length, false);
  }

  /**
   * {@return a request whose body begins with JSON, or has none and is nothing but brightness}
   *
   * @param jsonLength what the client says how many bytes of the body are JSON
   */
  public static InferenceRequest read(byte[] body, String jsonLength) {
    if (!jsonLength.matches("[0-9]{1,9}") || Integer.parseInt(jsonLength) > body.length) {
      throw new MalformedRequest(
          "Inference-Header-Content-Length is \"%s\", but must be a number of bytes up to the body's %d."
              .formatted(Words.shortened(jsonLength), body.length));
    }
    int length = Integer.parseInt(jsonLength);
    return length == 0 ? raw(body) : read(body, length, true);
  }

  private static InferenceRequest raw(byte[] body) {
    int size = Datatype.FP32.bytes() * DigitNormalizer.PIXELS;
    int count = body.length / size;
    if (count == 0 || body.length % size != 0 || count > PixelsParser.MOST_IMAGES) {
      throw new MalformedRequest(
          "The body has %d bytes and, as Inference-Header-Content-Length says, no JSON: send FP32 of up to %d images, %d bytes each."
              .formatted(body.length, PixelsParser.MOST_IMAGES, size));
    }
    return new InferenceRequest(
        Optional.empty(),
        new ImageTensor(Datatype.FP32, count, body, 0),
        OutputTensor.ALL.stream().map(output -> new RequestedOutput(output, true)).toList());
  }

  private static InferenceRequest read(byte[] body, int jsonLength, boolean mayBeBinary) {
    Optional<String> id = Optional.empty();
    Optional<ImageTensor> images = Optional.empty();
    List<Wanted> wanted = List.of();
    boolean isBinary = false;
    try (JsonRequest json = new JsonRequest(body, jsonLength)) {
      while (json.nextField()) {
        switch (json.field()) {
          case "id" -> id = Optional.of(json.text());
          case "parameters" ->
              isBinary = json.parameters().flag("binary_data_output").orElse(false);
          case "inputs" -> images = Optional.of(input(json, mayBeBinary));
          case "outputs" -> wanted = outputs(json);
          default -> json.skip();
        }
      }
      json.end();
    } catch (IOException e) {
      throw JsonRequest.invalid(e);
    }
    if (images.isEmpty()) {
      throw new MalformedRequest(
          "The request has no \"inputs\": send one, %s.".formatted(InputReader.FORM));
    }
    if (wanted.isEmpty()) {
      wanted =
          OutputTensor.ALL.stream().map(output -> new Wanted(output, Optional.empty())).toList();
    }
    boolean otherwise = isBinary;
    return new InferenceRequest(
        id,
        images.get(),
        wanted.stream()
            .map(one -> new RequestedOutput(one.output(), one.isBinary().orElse(otherwise)))
            .toList());
  }

  private static ImageTensor input(JsonRequest json, boolean mayBeBinary) throws IOException {
    json.beginArray();
    Optional<ImageTensor> images = Optional.empty();
    int count = 0;
    while (json.nextElement()) {
      if (count++ == 0) {
        images = Optional.of(new InputReader(json, mayBeBinary).read());
      } else {
        json.skip();
      }
    }
    if (count != 1) {
      throw new MalformedRequest(
          "\"inputs\" has %d tensors: send one, %s.".formatted(count, InputReader.FORM));
    }
    return images.orElseThrow();
  }

  private static List<Wanted> outputs(JsonRequest json) throws IOException {
    json.beginArray();
    List<Wanted> wanted = new ArrayList<>();
    while (json.nextElement()) {
      Wanted one = output(json);
      if (wanted.stream()
          .anyMatch(other -> other.output().tensor().equals(one.output().tensor()))) {
        throw new MalformedRequest(
            "The output \"%s\" is asked for twice: ask once.".formatted(one.output().tensor()));
      }
      wanted.add(one);
    }
    return wanted;
  }

  private static Wanted output(JsonRequest json) throws IOException {
    json.require(JsonToken.START_OBJECT, "an object, as {\"name\":\"outputs\"}");
    Optional<OutputTensor> output = Optional.empty();
    JsonRequest.Parameters parameters = new JsonRequest.Parameters(Map.of());
    while (json.nextField()) {
      switch (json.field()) {
        case "name" -> output = Optional.of(OutputTensor.named(json.text()));
        case "parameters" -> parameters = json.parameters();
        default -> json.skip();
      }
    }
    if (parameters.values().containsKey("shared_memory_region")) {
      throw new MalformedRequest(
          "Outputs are not written to shared memory: ask for them in the answer.");
    }
    OutputTensor named =
        output.orElseThrow(() -> new MalformedRequest("A requested output has no \"name\"."));
    OptionalLong classes = parameters.number("classification");
    return new Wanted(
        classes.orElse(0) == 0 ? named : Classification.of(named, classes.getAsLong()),
        parameters.flag("binary_data"));
  }
}

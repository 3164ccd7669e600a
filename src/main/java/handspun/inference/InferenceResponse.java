package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.inference.InferenceRequest.RequestedOutput;
import handspun.read.Readings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a model answers: {@code {"model_name", "model_version", "id", "outputs"}}, then the binary
 * data of those outputs that are wanted so, in the same order.
 *
 * @param jsonLength how many bytes of the body are JSON; empty if nothing follows it
 */
public record InferenceResponse(byte[] body, OptionalInt jsonLength) {
  /** {@return the answer to a request whose images were read} */
  public static InferenceResponse of(
      String model, String version, InferenceRequest request, Readings readings) {
    byte[] json =
        Json.object(
            to -> {
              to.writeStringField("model_name", model);
              to.writeStringField("model_version", version);
              if (request.id().isPresent()) {
                to.writeStringField("id", request.id().get());
              }
              to.writeArrayFieldStart("outputs");
              for (RequestedOutput one : request.outputs()) {
                write(to, one, readings);
              }
              to.writeEndArray();
            });
    List<ResponseTensor> binary =
        request.outputs().stream()
            .filter(RequestedOutput::isBinary)
            .map(RequestedOutput::output)
            .toList();
    if (binary.isEmpty()) {
      return new InferenceResponse(json, OptionalInt.empty());
    }
    int size = binary.stream().mapToInt(output -> output.bytes(readings)).sum();
    ByteBuffer body = ByteBuffer.allocate(json.length + size).order(ByteOrder.LITTLE_ENDIAN);
    body.put(json);
    for (ResponseTensor output : binary) {
      int end = body.position() + output.bytes(readings);
      output.write(readings, body);
      body.position(end);
    }
    return new InferenceResponse(body.array(), OptionalInt.of(json.length));
  }

  private static void write(JsonGenerator to, RequestedOutput one, Readings readings)
      throws IOException {
    ResponseTensor output = one.output();
    to.writeStartObject();
    to.writeStringField("name", output.tensor());
    to.writeStringField("datatype", output.datatype().name());
    to.writeFieldName("shape");
    int[] shape = output.shape(readings.count(), readings.classes());
    to.writeArray(shape, 0, shape.length);
    if (one.isBinary()) {
      to.writeObjectFieldStart("parameters");
      to.writeNumberField("binary_data_size", output.bytes(readings));
      to.writeEndObject();
    } else {
      to.writeArrayFieldStart("data");
      output.write(readings, to);
      to.writeEndArray();
    }
    to.writeEndObject();
  }
}

package handspun.serve;

import static handspun.serve.HostileRequest.body;
import static handspun.serve.HostileRequest.bodyWith;
import static handspun.serve.HostileRequest.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** JSON that is deep, endless, out of range or no JSON, and tensors whose sizes contradict it. */
final class HostileJson {
  private static final String PREDICT = "/api/predict";
  private static final String INFER = "/v2/models/m/infer";
  private static final String V1 = "/v1/models/m:predict";
  private static final String PIXELS = zeros(783);

  private HostileJson() {}

  private static String zeros(int count) {
    return "0,".repeat(count);
  }

  static List<HostileRequest> readings() {
    return List.of(
        json("400", "nothing", PREDICT, ""),
        json("400", "null", PREDICT, "null"),
        json("400", "a list", PREDICT, "[]"),
        json("400", "an empty object", PREDICT, "{}"),
        json("400", "100,000 lists in lists", PREDICT, "[".repeat(100_000)),
        json(
            "400",
            "the same where pixels should be",
            PREDICT,
            "{\"pixels\":" + "[".repeat(100_000)),
        json("400", "40,000 objects in objects", PREDICT, "{\"x\":".repeat(40_000)),
        json("400", "a text without an end", PREDICT, "{\"pixels\":\"" + "x".repeat(200_000)),
        json("400", "a name of 200,000 letters", PREDICT, "{\"" + "x".repeat(200_000) + "\":1}"),
        json("400", "NaN", PREDICT, pixels("NaN")),
        json("400", "Infinity", PREDICT, pixels("-Infinity")),
        json("400", "1e308", PREDICT, pixels("1e308")),
        json("400", "1e999999999", PREDICT, pixels("1e999999999")),
        json("400", "5,000 digits", PREDICT, pixels("9".repeat(5000))),
        json("400", "200,000 digits behind the point", PREDICT, pixels("0." + "3".repeat(200_000))),
        json("400", "a negative pixel", PREDICT, pixels("-1")),
        json("400", "a text for a pixel", PREDICT, pixels("\"1\"")),
        json("400", "null for a pixel", PREDICT, pixels("null")),
        json("400", "a list for a pixel", PREDICT, pixels("[1]")),
        json("400", "783 pixels", PREDICT, "{\"pixels\":[" + zeros(782) + "1]}"),
        json("400", "785 pixels", PREDICT, "{\"pixels\":[" + zeros(784) + "1]}"),
        json("400", "two million pixels", PREDICT, "{\"pixels\":[" + zeros(2_100_000) + "1]}"),
        json(
            "400",
            "pixels twice",
            PREDICT,
            "{\"pixels\":[" + PIXELS + "1],\"pixels\":[" + PIXELS + "1]}"),
        json("400", "more behind the end", PREDICT, pixels("1") + "{}"),
        json("400", "a comment", PREDICT, "/* */" + pixels("1")),
        json("400", "NUL", PREDICT, "{\0}"),
        json("400", "half of a pair of surrogates", PREDICT, "{\"\\ud800\":1}"),
        body("400", "no UTF-8", PREDICT, "application/json", latin("{\"\u00ff\u00fe\":1}")),
        body(
            "400",
            "UTF-16",
            PREDICT,
            "application/json",
            pixels("1e5").getBytes(StandardCharsets.UTF_16)),
        json("400", "no strokes", PREDICT, "{\"strokes\":null}"),
        json("400", "an empty list of strokes", PREDICT, "{\"strokes\":[]}"),
        json(
            "400", "strokes that lead far away", PREDICT, "{\"strokes\":[[[1e308,-1e308],[0,0]]]}"),
        json("400", "a point of three numbers", PREDICT, "{\"strokes\":[[[0,0,0]]]}"),
        json("400", "a pen of no width", PREDICT, "{\"strokes\":[[[0,0],[1,1]]],\"pen\":-1}"),
        json("400", "a pen of 1e308", PREDICT, "{\"strokes\":[[[0,0],[1,1]]],\"pen\":1e308}"),
        json(
            "400",
            "300,000 points",
            PREDICT,
            "{\"strokes\":[[" + "[0,1],".repeat(300_000) + "[1,0]]]}"),
        json("400", "no instances", PREDICT, "{\"instances\":[]}"),
        json("400", "1,001 instances", PREDICT, "{\"instances\":[" + "{},".repeat(1000) + "{}]}"),
        json("400", "instances in instances", PREDICT, "{\"instances\":[{\"instances\":[]}]}"),
        json(
            "400",
            "neighbours of fractions",
            "/api/nearest",
            "{\"pixels\":[" + "0.5,".repeat(783) + "1]}"),
        json(
            "404",
            "a drawing that nobody collects",
            "/api/collect",
            "{\"pixels\":[" + PIXELS + "1],\"label\":-7}"));
  }

  static List<HostileRequest> tensors() {
    return List.of(
        json(
            "400",
            "a shape whose product overflows",
            INFER,
            tensor("[4294967296,4294967296]", "1")),
        json(
            "400",
            "a shape whose product is 784 if it overflows",
            INFER,
            tensor("[274877906945,784]", "1")),
        json("400", "a shape of 2^63", INFER, tensor("[9223372036854775808,784]", "1")),
        json("400", "a negative shape", INFER, tensor("[-1,784]", "1")),
        json("400", "two negative sizes", INFER, tensor("[-1,-784]", PIXELS + "1")),
        json("400", "an empty shape", INFER, tensor("[]", "1")),
        json(
            "400",
            "a shape of 100,000 numbers",
            INFER,
            tensor("[" + "1,".repeat(100_000) + "784]", "1")),
        json("400", "a shape of texts", INFER, tensor("[\"1\",\"784\"]", PIXELS + "1")),
        json("400", "a shape with a fraction", INFER, tensor("[1.5,784]", PIXELS + "1")),
        json("400", "no shape", INFER, tensor("null", PIXELS + "1")),
        json("400", "more images than there may be", INFER, tensor("[10001,784]", "1")),
        json(
            "400",
            "as many images as there may be, without data",
            INFER,
            tensor("[10000,784]", "")),
        json("400", "too little data", INFER, tensor("[2,784]", PIXELS + "1")),
        json("400", "too much data", INFER, tensor("[1,784]", zeros(784) + "1")),
        json("400", "data nested otherwise", INFER, tensor("[1,784]", "[[[" + PIXELS + "1]]]")),
        json("400", "100,000 lists of data", INFER, tensor("[1,784]", "[".repeat(100_000))),
        json("400", "NaN among the data", INFER, tensor("[1,784]", PIXELS + "NaN")),
        json("400", "1e308 among the data", INFER, tensor("[1,784]", PIXELS + "1e308")),
        json(
            "400",
            "a type that is not known",
            INFER,
            tensor("[1,784]", PIXELS + "1").replace("FP32", "BYTES")),
        json(
            "400",
            "another input",
            INFER,
            tensor("[1,784]", PIXELS + "1").replace("\"pixels\"", "\"../x\"")),
        json("400", "no input", INFER, "{\"inputs\":[]}"),
        json(
            "400",
            "the input twice",
            INFER,
            "{\"inputs\":["
                + input("[1,784]", PIXELS + "1")
                + ","
                + input("[1,784]", PIXELS + "1")
                + "]}"),
        json(
            "400",
            "an output that there is not",
            INFER,
            tensor("[1,784]", PIXELS + "1")
                .replaceFirst("\\{", "{\"outputs\":[{\"name\":\"x\"}],")),
        json(
            "400",
            "parameters that are a text",
            INFER,
            tensor("[1,784]", PIXELS + "1").replaceFirst("\\{", "{\"parameters\":\"x\",")),
        json(
            "404",
            "a model that there is not",
            "/v2/models/none/infer",
            tensor("[1,784]", PIXELS + "1")),
        json("400", "a version 1 without instances", V1, "{}"),
        json("400", "a version 1 of texts", V1, "{\"instances\":[\"x\"]}"),
        json("400", "a version 1 of ragged lists", V1, "{\"instances\":[[[1],[1,2]]]}"),
        binary("400", "length of JSON that is negative", "-1", 784, 784),
        binary("400", "length of JSON that is no number", "x", 784, 784),
        binary("400", "length of JSON that overflows", "99999999999999999999", 784, 784),
        binary("400", "length of JSON beyond the body", "1000000", 784, 784),
        binary("400", "length of JSON that cuts it", "5", 784, 784),
        binary("400", "no JSON", "0", 784, 784),
        binary("400", "negative size", null, -784, 784),
        binary("400", "size beyond the body", null, 785, 784),
        binary("400", "size beyond 2^32", null, 4_294_968_080L, 784),
        binary("400", "size beyond memory", null, Long.MAX_VALUE, 784),
        binary("400", "size that is not the shape's", null, 783, 783),
        binary("400", "bytes that nobody claims", null, 784, 100_000));
  }

  /** {@return all of them} */
  static Stream<HostileRequest> all() {
    return Stream.of(readings(), tensors()).flatMap(List::stream);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String pixels(String last) {
    return "{\"pixels\":[" + PIXELS + last + "]}";
  }

  private static String tensor(String shape, String data) {
    return "{\"inputs\":[" + input(shape, data) + "]}";
  }

  private static String input(String shape, String data) {
    return "{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":%s,\"data\":[%s]}"
        .formatted(shape, data);
  }

  /** As {@code length} says, or as long as the JSON is. */
  private static HostileRequest binary(
      String answer, String name, String length, long said, int sent) {
    String head =
        "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"UINT8\",\"shape\":[1,784],\"parameters\":{\"binary_data_size\":%d}}]}"
            .formatted(said);
    String lines =
        "Inference-Header-Content-Length: %s\r\n"
            .formatted(length == null ? Integer.toString(head.length()) : length);
    return bodyWith(answer, "binary: " + name, INFER, lines, Bytes.join(head, new byte[sent], ""));
  }
}

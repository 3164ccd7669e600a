package handspun.bench;

import handspun.HandspunException;
import handspun.data.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Whole requests to have digits read, by the number of their image; behind the last image the first
 * follows.
 *
 * @param test images of 28 x 28 pixels
 * @param model that reads them where a request has to name one, by a name that the server knows
 */
record DigitRequests(Examples test, String model) {
  static final String JSON = "application/json";
  static final String PNG = "image/png";

  /** {@return a request to read what is of any type} */
  static byte[] predict(String type, byte[] body, String... headers) {
    return RequestBytes.post("/api/predict", type, body, headers);
  }

  /** {@return the same of JSON} */
  static byte[] predict(String json) {
    return predict(JSON, RequestBytes.utf8(json));
  }

  /** {@return pixels of 0 to 255} */
  byte[] image(int number) {
    return test.inputs().pixels(number % test.count());
  }

  /** {@return {@code {"pixels": [...]}}, and other lines in its head} */
  byte[] pixels(int number, String... headers) {
    return predict(JSON, RequestBytes.utf8(pixelsJson(number)), headers);
  }

  private String pixelsJson(int number) {
    return "{\"pixels\":%s}".formatted(brightness(number));
  }

  /** The brightness of each pixel, 0 to 1, as a list in JSON. */
  private String brightness(int number) {
    byte[] pixels = image(number);
    return IntStream.range(0, pixels.length)
        .mapToObj(p -> pixels[p] == 0 ? "0" : Float.toString((pixels[p] & 0xff) / 255f))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** {@return the same, packed} */
  byte[] packed(int number) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(RequestBytes.utf8(pixelsJson(number)));
    } catch (IOException e) {
      throw HandspunException.couldNot("pack a request", e);
    }
    return predict(JSON, packed.toByteArray(), "Content-Encoding: gzip");
  }

  /** {@return {@code {"instances": [...]}} of so many images, of which this is the first} */
  byte[] instances(int first, int count) {
    return predict(
        IntStream.range(first, first + count)
            .mapToObj(this::pixelsJson)
            .collect(Collectors.joining(",", "{\"instances\":[", "]}")));
  }

  /** {@return {@code {"strokes": [...]}}} */
  byte[] strokes(int number) {
    return predict(
        Arrays.stream(DigitPictures.strokes(image(number)))
            .map(DigitRequests::points)
            .collect(Collectors.joining(",", "{\"strokes\":[", "]}")));
  }

  private static String points(double[] stroke) {
    return IntStream.range(0, stroke.length / 2)
        .mapToObj(p -> "[%s,%s]".formatted(stroke[2 * p], stroke[2 * p + 1]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** {@return a PNG of the image itself} */
  byte[] smallPng(int number) {
    return predict(PNG, DigitPictures.smallPng(image(number)));
  }

  /** {@return what the page sends when the digit is drawn on it} */
  byte[] pagePng(int number) {
    return predict(PNG, DigitPictures.pagePng(image(number)));
  }

  /** {@return the same in a form, as {@code curl -F} sends it} */
  byte[] form(int number) {
    byte[] begin =
        RequestBytes.utf8(
            "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"d.png\"\r\n\r\n");
    byte[] body = RequestBytes.joined(begin, DigitPictures.pagePng(image(number)));
    return predict(
        "multipart/form-data; boundary=XX",
        RequestBytes.joined(body, RequestBytes.utf8("\r\n--XX--\r\n")));
  }

  /** {@return a photograph of the drawing, as it were} */
  byte[] jpeg(int number) {
    return predict("image/jpeg", DigitPictures.jpeg(image(number)));
  }

  /**
   * {@return a binary tensor of so many images, of which this is the first, which is answered by
   * binary tensors (Open Inference Protocol with the binary extension)}
   */
  byte[] binary(int first, int count) {
    int size = image(first).length;
    byte[] pixels = new byte[count * size];
    for (int i = 0; i < count; i++) {
      System.arraycopy(image(first + i), 0, pixels, i * size, size);
    }
    byte[] json =
        RequestBytes.utf8(
            """
            {"inputs":[{"name":"pixels","shape":[%d,%d],"datatype":"UINT8",\
            "parameters":{"binary_data_size":%d}}],"parameters":{"binary_data_output":true}}"""
                .formatted(count, size, pixels.length));
    return RequestBytes.post(
        infer(),
        "application/octet-stream",
        RequestBytes.joined(json, pixels),
        "Inference-Header-Content-Length: " + json.length);
  }

  private String infer() {
    return "/v2/models/%s/infer".formatted(model);
  }

  /** {@return a tensor in JSON} */
  byte[] tensor(int number) {
    String json =
        """
        {"inputs":[{"name":"pixels","shape":[1,784],"datatype":"FP32","data":%s}]}"""
            .formatted(brightness(number));
    return RequestBytes.post(infer(), JSON, RequestBytes.utf8(json));
  }

  /** {@return the same by the first version of the protocol} */
  byte[] instancesOfVersion1(int number) {
    return RequestBytes.post(
        "/v1/models/%s:predict".formatted(model),
        JSON,
        RequestBytes.utf8("{\"instances\":[%s]}".formatted(brightness(number))));
  }
}

package handspun.bench;

import handspun.HandspunException;
import handspun.data.Examples;
import handspun.image.DigitNormalizer;
import handspun.image.PaperDrawing;
import handspun.image.Picture;
import handspun.image.Png;
import handspun.image.StrokeTracer;
import handspun.image.Strokes;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a client sends: requests of one kind, several different ones in turn.
 *
 * @param id for machines
 * @param name for people
 * @param images in each request
 * @param requests whole, outside of the heap, from where the system takes them without a copy
 */
record LoadBody(String id, String name, int images, List<ByteBuffer> requests) {
  static final String JSON = "json";
  static final String BATCH = "batch";
  static final int BATCH_IMAGES = 10_000;

  private static final int DIFFERENT = 64;
  private static final int DIFFERENT_BATCHES = 2;
  private static final int SIDE = DigitNormalizer.SIZE;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LEVELS = 16;
  private static final double LEVEL = 17;

  /**
   * @param test images of 28 x 28 pixels
   * @param model by its short name
   * @return one of each kind
   */
  static List<LoadBody> all(Examples test, String model) {
    return List.of(
        of(JSON, "JSON", 1, DIFFERENT, i -> json(pixels(test, i))),
        of("binary", "binary", 1, DIFFERENT, i -> binary(model, pixels(test, i))),
        of("png-28", "PNG, 28 x 28", 1, DIFFERENT, i -> png(small(pixels(test, i)))),
        of("png-280", "PNG of the page", 1, DIFFERENT, i -> png(page(strokes(pixels(test, i))))),
        of(
            BATCH,
            "binary, %,d images".formatted(BATCH_IMAGES),
            BATCH_IMAGES,
            DIFFERENT_BATCHES,
            i -> binary(model, batch(test, i, BATCH_IMAGES))));
  }

  private static LoadBody of(
      String id, String name, int images, int different, IntFunction<byte[]> request) {
    return new LoadBody(
        id,
        name,
        images,
        IntStream.range(0, different).mapToObj(request).map(LoadBody::direct).toList());
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** {@return an image, beginning anew behind the last} */
  static byte[] pixels(Examples test, int image) {
    return test.inputs().pixels(image % test.count());
  }

  /** {@return images one behind the other, of which the first is {@code first}} */
  static byte[] batch(Examples test, int first, int count) {
    byte[] all = new byte[count * PIXELS];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels(test, first + i), 0, all, i * PIXELS, PIXELS);
    }
    return all;
  }

  /** {@return {@code {"pixels": [...]}} with brightness from 0 to 1} */
  static byte[] json(byte[] pixels) {
    return predict("application/json", utf8("{\"pixels\":%s}".formatted(brightness(pixels))));
  }

  /** {@return brightness from 0 to 1, as a list in JSON} */
  static String brightness(byte[] pixels) {
    List<String> numbers = new ArrayList<>();
    for (byte pixel : pixels) {
      numbers.add(pixel == 0 ? "0" : Float.toString((pixel & 0xff) / 255f));
    }
    return "[" + String.join(",", numbers) + "]";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] predict(String type, byte[] body, String... headers) {
    return RequestBytes.post("/api/predict", type, body, headers);
  }

  /** {@return a request of the Open Inference Protocol with a binary tensor, and as answer} */
  static byte[] binary(String model, byte[] pixels) {
    byte[] json =
        utf8(
            ("{\"inputs\":[{\"name\":\"pixels\",\"shape\":[%d,%d],\"datatype\":\"UINT8\","
                    + "\"parameters\":{\"binary_data_size\":%d}}],"
                    + "\"parameters\":{\"binary_data_output\":true}}")
                .formatted(pixels.length / PIXELS, PIXELS, pixels.length));
    return RequestBytes.post(
        "/v2/models/%s/infer".formatted(model),
        "application/octet-stream",
        RequestBytes.joined(json, pixels),
        "Inference-Header-Content-Length: " + json.length);
  }

  private static byte[] png(byte[] file) {
    return predict("image/png", file);
  }

  /** {@return a file of a grey picture} */
  static byte[] small(byte[] pixels) {
    try {
      return Png.grey(SIDE, pixels);
    } catch (IOException e) {
      throw HandspunException.couldNot("write a PNG", e);
    }
  }

  /** {@return an image as somebody might have drawn it: x and y of each point, from 0 to 1} */
  static double[][] strokes(byte[] pixels) {
    Strokes traced = new StrokeTracer(SIDE, SIDE).trace(pixels);
    double[][] strokes = new double[traced.count()][];
    for (int s = 0; s < strokes.length; s++) {
      strokes[s] = new double[2 * (traced.end(s) - traced.start(s))];
      for (int i = 0; i < strokes[s].length; i++) {
        float[] places = i % 2 == 0 ? traced.x() : traced.y();
        strokes[s][i] = places[traced.start(s) + i / 2] / SIDE;
      }
    }
    return strokes;
  }

  /** {@return a file of strokes as the page sends it: a palette of 16 blacks, 4 bits a pixel} */
  static byte[] page(double[][] strokes) {
    Picture picture = new PaperDrawing(strokes, 1).picture();
    byte[] black = new byte[LEVELS];
    byte[] opacity = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      opacity[level] = (byte) (level * LEVEL);
    }
    IndexColorModel palette = new IndexColorModel(4, LEVELS, black, black, black, opacity);
    BufferedImage image =
        new BufferedImage(
            picture.width(), picture.height(), BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int pixel = 0; pixel < picture.alpha().length; pixel++) {
      int level = (int) ((picture.alpha()[pixel] & 0xff) / LEVEL);
      image.getRaster().setSample(pixel % picture.width(), pixel / picture.width(), 0, level);
    }
    try {
      return Png.of(image);
    } catch (IOException e) {
      throw HandspunException.couldNot("write a PNG", e);
    }
  }
}

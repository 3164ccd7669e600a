package handspun.inference;

import com.fasterxml.jackson.core.JsonToken;
import handspun.image.DigitNormalizer;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the numbers of images from JSON: one after the other, or each image in an array of its own,
 * of 784 numbers, or of rows of 28, with or without an array for each pixel.
 */
final class PixelsParser {
  /** Images in a request. */
  static final int MOST_IMAGES = 10_000;

  private static final int MOST_PIXELS = MOST_IMAGES * DigitNormalizer.PIXELS;

  /** How many numbers are in an image, a row and a pixel. */
  private static final int[] NUMBERS = {
    DigitNormalizer.PIXELS, DigitNormalizer.SIZE, 1,
  };

  private static final String[] NAMES = {"Image", "A row of image", "A pixel of image"};

  private final Datatype datatype;
  private byte[] pixels = {};
  private int size;

  /** {@code datatype} is UINT8 or FP32, which is brightness from 0 to 1. */
  PixelsParser(Datatype datatype) {
    this.datatype = datatype;
  }

  /** Reads an array of images, which has begun. */
  void images(PixelStreamParser json) throws IOException {
    if (!plainNumbers(json, json.mostNumbers())) {
      anyNumbers(json);
    }
    if (size % DigitNormalizer.PIXELS != 0) {
      throw new MalformedRequest(
          "The data have %d numbers: send %d of each image."
              .formatted(size, DigitNormalizer.PIXELS));
    }
  }

  private void anyNumbers(PixelStreamParser json) throws IOException {
    boolean isFlat = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        isFlat = true;
        number(json);
      } else if (isFlat) {
        throw new MalformedRequest(
            "The data have an array after %d numbers: send only numbers, or an array for each image."
                .formatted(size));
      } else {
        array(json, 0);
      }
    }
  }

  /** {@return whether the rest of an array was nothing but plain numbers, and was read} */
  private boolean plainNumbers(PixelStreamParser json, int most) throws IOException {
    makeRoom(Math.min(most, MOST_PIXELS - size));
    int numbers = json.pixels(datatype, pixels, size);
    size += Math.max(0, numbers);
    return numbers >= 0;
  }

  private void makeRoom(int more) {
    if (size + more > pixels.length) {
      pixels = Arrays.copyOf(pixels, Math.min(MOST_PIXELS, Math.max(size + more, 2 * size)));
    }
  }

  private void array(PixelStreamParser json, int level) throws IOException {
    int before = size;
    int arrays = 0;
    boolean isRead = plainNumbers(json, NUMBERS[level]);
    while (!isRead && json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_ARRAY && level + 1 < NUMBERS.length) {
        array(json, level + 1);
        arrays++;
      } else {
        number(json);
      }
    }
    int numbers = size - before;
    int wanted = NUMBERS[level];
    if (numbers != wanted || (arrays != 0 && arrays != wanted / NUMBERS[level + 1])) {
      throw new MalformedRequest(
          "%s %d has %d numbers in %d arrays: send %d numbers, all in arrays of one length or none."
              .formatted(NAMES[level], before / DigitNormalizer.PIXELS, numbers, arrays, wanted));
    }
  }

  private void number(PixelStreamParser json) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw refusal("no number (%s)".formatted(Words.shortened(json.getText())));
    }
    double number = json.getDoubleValue();
    if (!datatype.isPixel(number)) {
      throw refusal(Double.toString(number));
    }
    if (size == MOST_PIXELS) {
      throw new MalformedRequest(
          "The data have more than %d images: send them in several requests."
              .formatted(MOST_IMAGES));
    }
    makeRoom(1);
    pixels[size++] = (byte) datatype.pixel(number);
  }

  private MalformedRequest refusal(String found) {
    return wrongPixel(
        datatype, size / DigitNormalizer.PIXELS, size % DigitNormalizer.PIXELS, found);
  }

  /** {@return what to say of a pixel that no image has} */
  static MalformedRequest wrongPixel(Datatype datatype, int image, int pixel, String found) {
    return new MalformedRequest(
        "Pixel %d of image %d is %s: send %s."
            .formatted(
                pixel,
                image,
                found,
                datatype == Datatype.FP32
                    ? "numbers from 0 to 1, or UINT8 from 0 to 255"
                    : "whole numbers from 0 to 255"));
  }

  /** {@return the images that were read} */
  ImageTensor tensor() {
    return new ImageTensor(Datatype.UINT8, size / DigitNormalizer.PIXELS, pixels, 0);
  }
}

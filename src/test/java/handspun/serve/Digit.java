package handspun.serve;

import java.util.stream.Stream;

/** Digits as strokes of the pen: x and y in hundredths of the paper. */
enum Digit {
  ZERO("0", "52,18 38,22 30,38 29,55 33,72 43,82 55,82 65,72 70,55 69,38 62,23 52,18"),
  ONE("1", "53,15 52,30 51,50 50,70 49,85"),
  THREE("3", "30,22 40,15 55,15 66,22 66,34 58,44 45,48 60,52 70,62 68,76 56,85 40,84 29,77"),
  SEVEN("7", "28,22 40,21 55,20 70,20 62,40 54,60 46,85");

  private final String text;
  private final String points;

  Digit(String text, String points) {
    this.text = text;
    this.points = points;
  }

  String text() {
    return text;
  }

  int[] stroke() {
    return Stream.of(points.split("[ ,]")).mapToInt(Integer::parseInt).toArray();
  }
}

package handspun.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Jackson's parser of UTF-8, which reads an array of pixels some ten times as fast where that has
 * nothing but plain numbers, without a string for each. Only for such an array it moves Jackson's
 * place in the text; of anything else, it leaves Jackson to say what is wrong.
 *
 * <p>The pixels are those of {@link Datatype#pixel}, to the bit. Up to 2^53, the digits of a number
 * and the power of ten that they are divided by are exact in double, so their quotient is the
 * double nearest to the number (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
 * With more digits it may be the one beside it, which makes no other pixel but in the middle
 * between two; there the number is read the long way.
 */
public final class PixelStreamParser extends UTF8StreamJsonParser {
  private static final Factory FACTORY = new Factory();
  private static final long EXACT = 1L << 53;

  /** With more, the digits of 1 would not fit into a long. */
  private static final int MOST_DECIMALS = 18;

  private static final long[] POWERS = new long[MOST_DECIMALS + 1];

  /** How near to the middle between two pixels an inexact quotient may not come. */
  private static final double MARGIN = 1e-9;

  private static final int NOT_PLAIN = -1;

  /** The longest that background is written, with the comma behind it. */
  private static final int LONGEST_ZERO = 4;

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  /** Makes the parsers, which share their table of names. */
  private static final class Factory extends JsonFactory {
    private static final long serialVersionUID = 1;

    Factory() {
      super(
          new JsonFactoryBuilder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER));
    }

    @Override
    protected PixelStreamParser _createParser(
        byte[] text, int from, int length, IOContext context) {
      return new PixelStreamParser(
          context,
          _parserFeatures,
          _objectCodec,
          _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
          text,
          from,
          from + length);
    }

    PixelStreamParser parser(byte[] text, int from, int length) {
      return _createParser(
          text, from, length, _createContext(_createContentReference(text, from, length), true));
    }
  }

  private PixelStreamParser(
      IOContext context,
      int features,
      ObjectCodec codec,
      ByteQuadsCanonicalizer names,
      byte[] text,
      int from,
      int to) {
    super(context, features, null, codec, names, text, from, to, 0, false);
  }

  /** {@return a parser of a part of a text; names that come twice in an object are refused} */
  public static PixelStreamParser of(byte[] text, int from, int length) {
    return FACTORY.parser(text, from, length);
  }

  /** {@return at most so many numbers are still to come} */
  int mostNumbers() {
    return (_inputEnd - _inputPtr) / 2 + 1;
  }

  /**
   * Reads the rest of an array that has begun, at whose first element the parser is to look next.
   *
   * @param datatype of the numbers: UINT8, or FP32 from 0 to 1
   * @param pixels receives them
   * @param at where
   * @return how many they are, after which the parser is at the array's end; -1 if there is
   *     something else than plain numbers, or too many, and then the parser has not moved
   */
  public int pixels(Datatype datatype, byte[] pixels, int at) throws IOException {
    int begin = _inputPtr;
    int to = at;
    while (to < pixels.length) {
      to = background(datatype, pixels, to);
      int pixel = datatype == Datatype.UINT8 ? whole() : brightness();
      if (pixel == NOT_PLAIN) {
        break;
      }
      pixels[to++] = (byte) pixel;
      int next = nextAfterBlanks();
      if (next == ',') {
        _inputPtr++;
      } else if (next == ']') {
        JsonToken end = nextToken();
        assert end == JsonToken.END_ARRAY;
        return to - at;
      } else {
        break;
      }
    }
    _inputPtr = begin;
    return NOT_PLAIN;
  }

  /** {@return the next byte that is not blank, which is not passed; 0 at the end} */
  private int nextAfterBlanks() {
    byte[] text = _inputBuffer;
    int at = _inputPtr;
    while (at < _inputEnd
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
    _inputPtr = at;
    return at < _inputEnd ? text[at] : 0;
  }

  /**
   * Reads numbers that are written as most pixels are, which are background, and followed by a
   * comma; returns one past the last, and leaves room for one more.
   */
  private int background(Datatype datatype, byte[] pixels, int from) {
    byte[] text = _inputBuffer;
    int at = _inputPtr;
    int to = from;
    while (to < pixels.length - 1 && _inputEnd - at > LONGEST_ZERO && text[at] == '0') {
      if (text[at + 1] == ',') {
        at += 2;
      } else if (datatype != Datatype.UINT8
          && text[at + 1] == '.'
          && text[at + 2] == '0'
          && text[at + 3] == ',') {
        at += LONGEST_ZERO;
      } else {
        break;
      }
      if (text[at] == ' ') {
        at++;
      }
      pixels[to++] = 0;
    }
    _inputPtr = at;
    return to;
  }

  private int digit(int at) {
    int digit = at < _inputEnd ? _inputBuffer[at] - '0' : NOT_PLAIN;
    return digit >= 0 && digit <= 9 ? digit : NOT_PLAIN;
  }

  private int whole() {
    int digit = nextAfterBlanks() - '0';
    if (digit < 0 || digit > 9) {
      return NOT_PLAIN;
    }
    int number = digit;
    int at = _inputPtr + 1;
    while (number > 0 && (digit = digit(at)) >= 0) {
      number = 10 * number + digit;
      if (number > Datatype.WHITE) {
        return NOT_PLAIN;
      }
      at++;
    }
    _inputPtr = at;
    return number;
  }

  private int brightness() {
    int digit = nextAfterBlanks() - '0';
    if (digit != 0 && digit != 1) {
      return NOT_PLAIN;
    }
    int begin = _inputPtr;
    int at = begin + 1;
    if (at == _inputEnd || _inputBuffer[at] != '.') {
      _inputPtr = at;
      return digit * Datatype.WHITE;
    }
    long digits = digit;
    int point = at++;
    while ((digit = digit(at)) >= 0) {
      if (at - point > MOST_DECIMALS) {
        return NOT_PLAIN;
      }
      digits = 10 * digits + digit;
      at++;
    }
    int decimals = at - point - 1;
    boolean isPlain = decimals > 0 && at < _inputEnd && (_inputBuffer[at] | 0x20) != 'e';
    if (!isPlain || digits > POWERS[decimals]) {
      return NOT_PLAIN;
    }
    _inputPtr = at;
    return digits == 0 ? 0 : pixel(digits, decimals, begin, at);
  }

  private int pixel(long digits, int decimals, int from, int to) {
    double brightness = (double) digits / POWERS[decimals];
    if (digits > EXACT) {
      double level = Datatype.WHITE * brightness;
      if (Math.abs(level - Math.floor(level) - 0.5) < MARGIN) {
        brightness =
            Double.parseDouble(
                new String(_inputBuffer, from, to - from, StandardCharsets.ISO_8859_1));
      }
    }
    return Datatype.FP32.pixel(brightness);
  }
}

package handspun.serve;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a client must know to talk to a server that others can reach. It is no record, since a
 * record's text would tell it.
 */
public final class Token {
  private static final int RANDOM_BYTES = 24;

  /** What may stand behind {@code Bearer} (RFC 6750, 2.1), and in a cookie. */
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /** {@return one that nobody can guess} */
  public static Token random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * {@return a token that somebody has chosen}
   *
   * @param place where it was said, for a sentence
   * @throws UsageException if it cannot be sent in a header
   */
  public static Token of(String text, String place) {
    if (!ALLOWED.matcher(text).matches()) {
      throw new UsageException(
          "The token in %s is empty or has other characters than letters, digits and -._~+/: choose another."
              .formatted(place));
    }
    return new Token(text);
  }

  /** {@return the token that a file holds, without blanks and line ends around it} */
  public static Token read(Path file) {
    try {
      return of(Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new HandspunException(
          "The token's file %s cannot be read (%s): name one with --token-file that can."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** {@return whether that is it, in a time that does not depend on how much of it is right} */
  boolean is(String sent) {
    return MessageDigest.isEqual(bytes(text), bytes(sent));
  }

  /** {@return the token, for the one to whom it is given} */
  String text() {
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package handspun.inference;

/** What of a client's words is handed back. */
final class Words {
  private static final int MOST = 80;

  private Words() {}

  static String shortened(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }
}

package handspun.image;

/**
 * How far drawings of one digit differ from each other. Each number is the most that happens, in
 * either direction, unless it says something else; lengths are parts of the longer side of the
 * drawing.
 *
 * @param stretch logarithm of the factor that makes it wider and less high, or the other way round
 * @param rotate radians; small turns are more frequent than large ones
 * @param slant how far a line leans to the right for each unit of its height
 * @param bend how far a smooth field moves what is drawn
 * @param apart how far a stroke lies from where it should, and half the radians that it is turned
 *     by
 * @param end how much longer or shorter a stroke is at either end
 * @param tremble how far the pen is from its way, once in a while
 * @param usualPen the part of the drawings that are drawn with the page's own pen
 * @param thinnest width of the thinnest other pen
 * @param boldest width of the boldest other pen; both with the pen's width in the longer side
 */
record Hand(
    double stretch,
    double rotate,
    double slant,
    double bend,
    double apart,
    double end,
    double tremble,
    double usualPen,
    double thinnest,
    double boldest) {

  /** Width of the page's own pen: see {@code SENT_PEN} in page.js. */
  static final double USUAL_PEN = 0.09;

  /** Whoever may come to the page, and some of whom nobody would think. */
  static final Hand ANY = new Hand(0.2, 0.25, 0.7, 0.09, 0.03, 0.06, 0.012, 0.4, 0.025, 0.25);

  /** Who comes to the page, in haste or not, and writes upright or as slanted as anybody does. */
  static final Hand USUAL = new Hand(0.2, 0.25, 0.5, 0.07, 0.03, 0.06, 0.012, 1, 0.09, 0.09);
}

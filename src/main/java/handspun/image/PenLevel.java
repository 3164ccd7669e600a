package handspun.image;

/**
 * From which difference on something is ink.
 *
 * @param contrast full ink, in the differences' unit
 * @param least what is less is paper
 * @param peak what has no pixel of so much is noise, at least {@code least}
 */
record PenLevel(int contrast, int least, int peak) {}

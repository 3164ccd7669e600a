package handspun.cli;

import handspun.drawings.DrawingsMeasure;
import handspun.files.Location;
import handspun.store.Model;
import java.util.Optional;

/**
 * A model, and how it does on drawings.
 *
 * @param file where it was read from
 * @param sheet where some drawings are shown; empty if that could not be drawn
 */
record MeasuredModel(
    Location file, Model model, DrawingsMeasure measure, Optional<Location> sheet) {}

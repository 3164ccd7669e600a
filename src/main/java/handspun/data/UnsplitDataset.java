package handspun.data;

import handspun.files.Location;
import java.util.Map;
import java.util.Optional;

/**
 * One data set as it is stored, before it is joined with others and split.
 *
 * @param location where it is, as the user named it
 * @param training all examples to train, those included that will validate
 * @param validation examples that the set itself sets aside to validate; empty if it does not
 * @param test examples to test; empty if it brings none
 * @param sha256 SHA-256 of every unpacked file by its plain name, in hexadecimal
 */
record UnsplitDataset(
    Location location,
    Examples training,
    Optional<Examples> validation,
    Optional<Examples> test,
    Map<String, String> sha256) {}

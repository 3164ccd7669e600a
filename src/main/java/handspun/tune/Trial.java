package handspun.tune;

import handspun.train.Plan;

/**
 * A plan that a search tries.
 *
 * @param number from 1
 */
public record Trial(int number, Plan plan) {}

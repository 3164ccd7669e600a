package handspun.train;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.AVERAGE;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.DROPOUT;
import static handspun.train.Hyperparameters.INITIAL_WEIGHTS;
import static handspun.train.Hyperparameters.LABEL_SMOOTHING;
import static handspun.train.Hyperparameters.MOMENTUM;
import static handspun.train.Hyperparameters.OPTIMIZER;
import static handspun.train.Hyperparameters.RATE_EPOCHS;
import static handspun.train.Hyperparameters.RATE_FACTOR;
import static handspun.train.Hyperparameters.SCHEDULE;
import static handspun.train.Hyperparameters.SECOND_MOMENTUM;
import static handspun.train.Hyperparameters.WARM_UP;
import static handspun.train.Hyperparameters.WEIGHT_DECAY;

import handspun.network.Activation;
import handspun.network.CrossEntropy;
import handspun.network.Initializer;
import handspun.network.LogLikelihood;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a plan can choose beyond plain gradient descent, so that each choice is in every proof. */
public final class EveryOption {
  private static final List<UnaryOperator<Plan>> ALONE =
      List.of(
          plan -> plan.with(COST, new CrossEntropy()),
          plan -> plan.with(COST, new LogLikelihood()),
          plan -> plan.with(ACTIVATION, Activation.TANH),
          plan -> plan.with(ACTIVATION, Activation.RELU),
          plan -> plan.with(INITIAL_WEIGHTS, Initializer.XAVIER),
          plan -> plan.with(MOMENTUM, 0.9f),
          plan -> plan.with(OPTIMIZER, OptimizerChoice.NESTEROV).with(MOMENTUM, 0.5f),
          plan -> plan.with(OPTIMIZER, OptimizerChoice.ADAM).with(MOMENTUM, 0.9f),
          plan -> plan.with(WEIGHT_DECAY, 0.01f),
          plan -> plan.with(DROPOUT, 0.25f),
          plan -> plan.with(LABEL_SMOOTHING, 0.1f),
          plan -> plan.with(AVERAGE, 0.5f),
          plan -> plan.with(SCHEDULE, Schedule.STEP).with(RATE_EPOCHS, 1),
          plan -> plan.with(SCHEDULE, Schedule.EXPONENTIAL).with(RATE_EPOCHS, 1),
          plan -> plan.with(SCHEDULE, Schedule.COSINE).with(WARM_UP, 0.3f),
          plan -> plan.with(SCHEDULE, Schedule.PLATEAU).with(RATE_EPOCHS, 1));

  private static final List<UnaryOperator<Plan>> TOGETHER =
      List.of(
          plan ->
              plan.with(OPTIMIZER, OptimizerChoice.ADAM)
                  .with(MOMENTUM, 0.8f)
                  .with(SECOND_MOMENTUM, 0.99f)
                  .with(COST, new LogLikelihood())
                  .with(ACTIVATION, Activation.TANH)
                  .with(INITIAL_WEIGHTS, Initializer.XAVIER)
                  .with(WEIGHT_DECAY, 0.1f)
                  .with(DROPOUT, 0.1f)
                  .with(LABEL_SMOOTHING, 0.05f)
                  .with(AVERAGE, 0.5f)
                  .with(SCHEDULE, Schedule.COSINE)
                  .with(WARM_UP, 0.5f),
          plan ->
              plan.with(OPTIMIZER, OptimizerChoice.NESTEROV)
                  .with(MOMENTUM, 0.9f)
                  .with(COST, new CrossEntropy())
                  .with(ACTIVATION, Activation.RELU)
                  .with(INITIAL_WEIGHTS, Initializer.SCALED)
                  .with(WEIGHT_DECAY, 0.001f)
                  .with(DROPOUT, 0.5f)
                  .with(AVERAGE, 1f)
                  .with(SCHEDULE, Schedule.PLATEAU)
                  .with(RATE_FACTOR, 0.1f)
                  .with(RATE_EPOCHS, 1));

  private EveryOption() {}

  /** {@return a plan with each of them alone} */
  public static Stream<Plan> alone(Plan plan) {
    return ALONE.stream().map(option -> option.apply(plan));
  }

  /** {@return a plan with many of them together, in two ways} */
  public static Stream<Plan> together(Plan plan) {
    return TOGETHER.stream().map(options -> options.apply(plan));
  }
}

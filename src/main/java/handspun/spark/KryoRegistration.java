package handspun.spark;

import com.esotericsoftware.kryo.Kryo;
import handspun.data.Examples;
import handspun.network.Inputs;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Every class of ours that Spark may put into a task result, a broadcast or a cached block. Spark
 * refuses any other ({@code spark.kryo.registrationRequired}).
 */
public final class KryoRegistration implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(Inputs.class);
    kryo.register(Examples.class);
    kryo.register(Block.class);
    kryo.register(MiniBatchPart.class);
    kryo.register(MiniBatchPart[].class);
    kryo.register(ValidationTask.Part.class);
    kryo.register(ValidationTask.Part[].class);
    kryo.register(byte[].class);
    kryo.register(short[].class);
    kryo.register(int[].class);
    kryo.register(float[].class);
  }
}

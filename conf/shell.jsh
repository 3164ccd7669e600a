// What bin/handspun shell begins with. Names that are needed often; add yours.
import handspun.data.*
import handspun.files.Location
import handspun.math.Kernels
import handspun.network.*
import handspun.read.*
import handspun.report.*
import handspun.run.*
import handspun.spark.Aggregation
import handspun.store.*
import handspun.train.*
import java.nio.file.Path
import org.apache.spark.SparkConf
import org.apache.spark.api.java.JavaSparkContext

// Handspun's own folder.
Path home = Path.of(System.getProperty("handspun.home", ""))

// snippet: gradle-build
plugins {
    application
}

repositories {
    mavenLocal { // until there is a release
        content { includeGroup("dev.registrykit") }
    }
    mavenCentral()
}

val registrykit = providers.gradleProperty("registrykitVersion").get()

dependencies {
    implementation(platform("dev.registrykit:sdk-bom:$registrykit"))
    implementation("dev.registrykit:sdk-oci") // or sdk-scaleway, sdk-blaxel, sdk-github
    runtimeOnly("org.slf4j:slf4j-nop:2.0.20")

    testImplementation("dev.registrykit:sdk-testkit")
    testImplementation(platform("org.junit:junit-bom:6.1.3"))
    testImplementation("org.junit.jupiter:junit-jupiter")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

application {
    mainClass.set("org.example.Newest")
}

tasks.withType<JavaCompile>().configureEach {
    options.encoding = "UTF-8"
    options.release.set(17)
}

tasks.test {
    useJUnitPlatform()
}
// end

rootProject.name = "newest"

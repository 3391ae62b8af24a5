package org.example.tags;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service that lists, reads and deletes tags. */
@SpringBootApplication
public class TagsApplication {

  public static void main(String[] args) {
    SpringApplication.run(TagsApplication.class, args);
  }
}

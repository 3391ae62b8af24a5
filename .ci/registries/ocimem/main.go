// Ocimem serves the in-memory registry of cuelabs.dev/go/oci/ociregistry, which comes without a command.
//
//	ocimem ADDRESS      serves on ADDRESS and says where: a port of 0 is a free one
//	ocimem --version    says of which version the registry is
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"runtime/debug"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"
)

const module = "cuelabs.dev/go/oci/ociregistry"

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: ocimem ADDRESS | --version")
	}
	if os.Args[1] == "--version" {
		fmt.Println(version())
		return
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on %s", listener.Addr())
	log.Fatal(http.Serve(listener, ociserver.New(ocimem.New(), nil)))
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				return dependency.Version
			}
		}
	}
	return "unknown"
}

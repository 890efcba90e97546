// One limiter of a Go library, as Debian packages them.
//
//	limiters rate|juju|echo BURST RATE_PER_SECOND
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/juju/ratelimit"
	"github.com/labstack/echo"
	"github.com/labstack/echo/middleware"
	"golang.org/x/time/rate"
)

func plain(admitted func() bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if admitted() {
			io.WriteString(w, "hello")
		} else {
			http.Error(w, "slow down", http.StatusTooManyRequests)
		}
	})
}

func main() {
	burst, _ := strconv.Atoi(os.Args[2])
	perSecond, _ := strconv.ParseFloat(os.Args[3], 64)
	var handler http.Handler
	switch os.Args[1] {
	case "rate":
		handler = plain(rate.NewLimiter(rate.Limit(perSecond), burst).Allow)
	case "juju":
		bucket := ratelimit.NewBucketWithRate(perSecond, int64(burst))
		handler = plain(func() bool { return bucket.TakeAvailable(1) == 1 })
	case "echo":
		e := echo.New()
		e.Use(middleware.RateLimiter(middleware.NewRateLimiterMemoryStoreWithConfig(
			middleware.RateLimiterMemoryStoreConfig{Rate: rate.Limit(perSecond), Burst: burst})))
		e.GET("/", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
		handler = e
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("ready %d\n", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(http.Serve(listener, handler))
}

package scores

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// api sends to the mock.
var api API

// TestMain runs the mock for as long as the tests run. The mock ends with 1 when a call was off the contract.
func TestMain(m *testing.M) {
	// Not by npx, which does not wait for the mock when it gets a signal, and hides its exit code.
	mock := exec.Command("node_modules/.bin/rongcloud-status-message", "mock", "--port", "0", "--json",
		"--fail-on-violation", "--suspicious", "fail", "--junit", "contract.xml")
	mock.Stderr = os.Stderr
	output, err := mock.StdoutPipe()
	must(err)
	must(mock.Start())
	// The first line says where the mock listens, and which keys it accepts. Each further line is a call.
	var started struct{ URL, AppKey, AppSecret string }
	must(json.NewDecoder(output).Decode(&started))
	go io.Copy(io.Discard, output)
	api = API{started.URL, started.AppKey, started.AppSecret, &http.Client{Timeout: 5 * time.Second}}

	code := m.Run()
	must(mock.Process.Signal(os.Interrupt))
	if err := mock.Wait(); err != nil && code == 0 {
		code = 1
	}
	os.Exit(code)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// newMock resets the mock, and lets the test fail when one of its calls was off the contract.
func newMock(t *testing.T) {
	post("/__reset", nil)
	t.Cleanup(func() {
		if result := post("/__verify", nil); result.Report != "" {
			t.Error(result.Report)
		}
	})
}

type answer struct{ Report string }

// post sets what the mock answers next, or what it expects.
func post(path string, settings map[string]any) (result answer) {
	body, err := json.Marshal(settings)
	must(err)
	response, err := http.Post(api.BaseURL+path, "application/json", bytes.NewReader(body))
	must(err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		must(json.NewDecoder(response.Body).Decode(&result))
	}
	return result
}

// groupsOfCalls gives the groups of each call since the reset.
func groupsOfCalls() (groups [][]string) {
	response, err := http.Get(api.BaseURL + "/__calls")
	must(err)
	defer response.Body.Close()
	var calls []struct {
		Body struct{ ToGroupID []string }
	}
	must(json.NewDecoder(response.Body).Decode(&calls))
	for _, call := range calls {
		groups = append(groups, call.Body.ToGroupID)
	}
	return groups
}

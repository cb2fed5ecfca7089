package scores

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestEveryGroupIsTold(t *testing.T) {
	newMock(t)
	if err := api.Tell("ann", "1:0", "2193", "2192", "2191", "row 7"); err != nil {
		t.Error(err)
	}
	expected := [][]string{{"2193", "2192", "2191"}, {"row 7"}}
	if received := groupsOfCalls(); !reflect.DeepEqual(received, expected) {
		t.Errorf("toGroupId must be %q. Received %q", expected, received)
	}
}

func TestALongTextIsCut(t *testing.T) {
	newMock(t)
	if err := api.Tell("ann", strings.Repeat("好", 50_000), "north"); err != nil {
		t.Error(err)
	}
}

func TestFourGroupsInOneCallAreRefused(t *testing.T) {
	newMock(t)
	post("/__expect", map[string]any{"violation": "maxItems", "field": "toGroupId"})
	err := api.publish("ann", "1:0", []string{"a", "b", "c", "d"})
	if err == nil || !strings.Contains(err.Error(), "code 1002: toGroupId") {
		t.Errorf("toGroupId must be refused. Received %v", err)
	}
}

func TestACallAboveTheRateLimitIsAnError(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"example": "rateLimited"})
	err := api.Tell("ann", "1:0", "north")
	if err == nil || !strings.Contains(err.Error(), "HTTP 429, code 1008") {
		t.Errorf("must be told of the rate limit. Received %v", err)
	}
}

func TestAServerThatNeverAnswersIsGivenUp(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"fault": "hang"})
	impatient := api
	impatient.Client = &http.Client{Timeout: 200 * time.Millisecond}
	if err := impatient.Tell("ann", "1:0", "north"); err == nil {
		t.Error("must be an error")
	}
}

func TestABrokenConnectionIsAnError(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"fault": "reset"})
	if err := api.Tell("ann", "1:0", "north"); err == nil {
		t.Error("must be an error")
	}
}

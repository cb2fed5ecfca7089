package scores

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestTypingReachesEveryGroup(t *testing.T) {
	newMock(t)
	if err := api.Typing("2191", "2193", "2192", "2194", "row 7"); err != nil {
		t.Error(err)
	}
	expected := [][]string{{"2193", "2192", "2194"}, {"row 7"}}
	if received := groupsOfCalls(); !reflect.DeepEqual(received, expected) {
		t.Errorf("toGroupId must be %q. Received %q", expected, received)
	}
}

func TestALongTextIsCut(t *testing.T) {
	newMock(t)
	if err := api.Score("2191", strings.Repeat("好", 50_000), "2193"); err != nil {
		t.Error(err)
	}
}

func TestFourGroupsInOneCallAreRefused(t *testing.T) {
	newMock(t)
	post("/__expect", map[string]any{"violation": "maxItems", "field": "toGroupId"})
	err := api.publish("2191", typing, []string{"a", "b", "c", "d"})
	if err == nil || !strings.Contains(err.Error(), "code 1002: toGroupId") {
		t.Errorf("toGroupId must be refused. Received %v", err)
	}
}

func TestACallAboveTheRateLimitIsAnError(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"example": "rateLimited"})
	err := api.Typing("2191", "2193")
	if err == nil || !strings.Contains(err.Error(), "HTTP 429, code 1008") {
		t.Errorf("must say that the rate limit was exceeded. Received %v", err)
	}
}

func TestAServerThatNeverAnswersIsGivenUp(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"fault": "hang"})
	impatient := api
	impatient.Client = &http.Client{Timeout: 200 * time.Millisecond}
	if err := impatient.Typing("2191", "2193"); err == nil {
		t.Error("must be an error")
	}
}

func TestABrokenConnectionIsAnError(t *testing.T) {
	newMock(t)
	post("/__respond", map[string]any{"fault": "reset"})
	if err := api.Typing("2191", "2193"); err == nil {
		t.Error("must be an error")
	}
}

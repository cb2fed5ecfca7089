// Package scores shows groups of fans who is typing, and how a match stands.
package scores

import (
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	maxGroups = 3
	maxBytes  = 131_072
)

// status is what a message says: its type and its content.
type status struct{ messageType, content string }

var typing = status{"RC:TypSts", `{"typingContentType":"RC:TxtMsg"}`}

// API says where the API is, and with which keys to call it.
type API struct {
	BaseURL, AppKey, AppSecret string
	// Client should have a timeout.
	Client *http.Client
}

// Typing shows any number of groups that a user is typing.
func (api API) Typing(from string, groups ...string) error {
	return api.publishToAll(from, typing, groups)
}

// Score shows a score to any number of groups.
func (api API) Score(from, text string, groups ...string) error {
	content := text
	if len(content) > maxBytes {
		// A character that was cut in two is dropped.
		content = strings.ToValidUTF8(content[:maxBytes], "")
	}
	return api.publishToAll(from, status{"scores:live", content}, groups)
}

// publishToAll sends as many calls as the groups need.
func (api API) publishToAll(from string, message status, groups []string) error {
	for len(groups) > maxGroups {
		if err := api.publish(from, message, groups[:maxGroups]); err != nil {
			return err
		}
		groups = groups[maxGroups:]
	}
	return api.publish(from, message, groups)
}

// publish sends one call.
func (api API) publish(from string, message status, groups []string) error {
	form := url.Values{}
	form.Set("fromUserId", from)
	form.Set("objectName", message.messageType)
	form.Set("content", message.content)
	for _, group := range groups {
		form.Add("toGroupId", group)
	}
	body := []byte(form.Encode())
	request, err := http.NewRequest("POST", api.BaseURL+"/statusmessage/group/publish.json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	api.sign(request.Header)
	response, err := api.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Code         int
		ErrorMessage string
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	// Errors come with HTTP 200 too.
	if response.StatusCode != http.StatusOK || answer.Code != 200 {
		return fmt.Errorf("HTTP %d, code %d: %s", response.StatusCode, answer.Code, answer.ErrorMessage)
	}
	return nil
}

// sign adds the four signed headers.
func (api API) sign(header http.Header) {
	random := make([]byte, 8)
	rand.Read(random)
	nonce := hex.EncodeToString(random)
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	signature := sha1.Sum([]byte(api.AppSecret + nonce + timestamp))
	header.Set("App-Key", api.AppKey)
	header.Set("Nonce", nonce)
	header.Set("Timestamp", timestamp)
	header.Set("Signature", hex.EncodeToString(signature[:]))
}

package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// tgMaxBody is the most a call may carry.
const tgMaxBody = 50 << 20

// tgParams are the parameters of a call, a value that is not a string in JSON.
type tgParams map[string]string

// tgReadParams reads the parameters of r from wherever Telegram takes them: the query and
// a body that is urlencoded, multipart or JSON.
func tgReadParams(w http.ResponseWriter, r *http.Request) (tgParams, error) {
	r.Body = http.MaxBytesReader(w, r.Body, tgMaxBody)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	read, ok := map[string]func(*http.Request) (tgParams, error){
		"application/json":    tgReadJSON,
		"multipart/form-data": tgReadMultipart,
	}[kind]
	if !ok {
		read = tgReadForm
	}
	params, err := read(r)
	if err != nil {
		return nil, err
	}
	for k, v := range r.URL.Query() {
		params[k] = v[0]
	}
	return params, nil
}

func tgReadForm(r *http.Request) (tgParams, error) {
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	return tgFromValues(r.PostForm), nil
}

// tgFile begins the name of the parameter that holds what is in a file.
const tgFile = "file of "

// tgReadMultipart gives a file as a parameter holding its name, and one holding what is in it. An empty body is a form
// without fields: that is how libraries call a method that takes none.
func tgReadMultipart(r *http.Request) (tgParams, error) {
	err := r.ParseMultipartForm(tgMaxBody)
	if errors.Is(err, io.EOF) {
		return tgParams{}, nil
	}
	if err != nil {
		return nil, err
	}
	params := tgFromValues(r.MultipartForm.Value)
	for k, files := range r.MultipartForm.File {
		params[k] = files[0].Filename
		if params[tgFile+k], err = tgReadFile(files[0]); err != nil {
			return nil, err
		}
	}
	return params, nil
}

func tgReadFile(header *multipart.FileHeader) (string, error) {
	file, err := header.Open()
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return string(data), err
}

func tgFromValues(values url.Values) tgParams {
	params := tgParams{}
	for k, v := range values {
		params[k] = v[0]
	}
	return params
}

func tgReadJSON(r *http.Request) (tgParams, error) {
	var body map[string]json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return nil, err
	}
	if body == nil { // null, which is no object
		return nil, errors.New("JSON object expected")
	}
	params := tgParams{}
	for k, raw := range body {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		params[k] = s
	}
	return params, nil
}

// integer returns a parameter between low and high, or fallback if it is missing. Like
// Telegram it bends a wrong value rather than refuse it.
func (p tgParams) integer(name string, fallback, low, high int) int {
	text, ok := p[name]
	if !ok {
		return fallback
	}
	n, _ := strconv.Atoi(strings.TrimSpace(text))
	return min(max(n, low), high)
}

func (p tgParams) flag(name string) bool {
	return slices.Contains([]string{"true", "yes", "1"}, strings.ToLower(p[name]))
}

// A tgRefusal is an error as the Bot API says it.
type tgRefusal struct {
	code  int
	words string // what follows the name of the code; may be empty
	wait  int    // seconds to wait, of a 429
}

// tgNotFound answers a path that is no call.
var tgNotFound = &tgRefusal{code: http.StatusNotFound}

func tgBad(words string) *tgRefusal { return &tgRefusal{code: http.StatusBadRequest, words: words} }

func tgForbidden(words string) *tgRefusal {
	return &tgRefusal{code: http.StatusForbidden, words: words}
}

// Error is the description of the refusal, as "Bad Request: message text is empty".
func (e *tgRefusal) Error() string {
	if e.words == "" {
		return http.StatusText(e.code)
	}
	return http.StatusText(e.code) + ": " + e.words
}

// tgFaultRefusal is the refusal a fault asks for. Its Error begins with the name of a
// code, as Telegram's do; without one it is a Bad Request.
func tgFaultRefusal(f Fault) *tgRefusal {
	if f.Kind == RateLimit {
		wait := int(math.Ceil(max(f.RetryAfter, time.Second).Seconds()))
		return &tgRefusal{http.StatusTooManyRequests, fmt.Sprintf("retry after %d", wait), wait}
	}
	for _, code := range []int{400, 401, 403, 404, 409, 500} {
		if words, ok := strings.CutPrefix(f.Error, http.StatusText(code)); ok {
			return &tgRefusal{code: code, words: strings.TrimPrefix(words, ": ")}
		}
	}
	return tgBad(f.Error)
}

func tgRefuse(w http.ResponseWriter, e *tgRefusal) {
	body := map[string]any{"ok": false, "error_code": e.code, "description": e.Error()}
	if e.wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.wait))
		body["parameters"] = map[string]any{"retry_after": e.wait}
	}
	tgAnswer(w, e.code, body)
}

func tgAnswer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body) // the caller may have gone: nothing is to be done then
}

// tgLength counts as Telegram does, in UTF-16 units.
func tgLength(text string) int { return len(utf16.Encode([]rune(text))) }

// tgMerge returns a map of all that a and b hold.
func tgMerge(a, b map[string]any) map[string]any {
	merged := maps.Clone(a)
	maps.Copy(merged, b)
	return merged
}
